//! `postgres-es`, which keeps the events of `cqrs-es`: a key of aggregate and sequence, no order over all.

use std::convert::Infallible;
use std::hint::black_box;

use async_trait::async_trait;
use cqrs_es::event_sink::EventSink;
use cqrs_es::persist::{PersistedEventRepository as _, SerializedEvent};
use cqrs_es::{Aggregate, DomainEvent};
use postgres_es::PostgresEventRepository;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Peer, Stream};
use crate::events::{DATA, METADATA};

/// What is recorded; nothing is decided here.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Record;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Recorded {
    text: String,
}

impl DomainEvent for Recorded {
    fn event_type(&self) -> String {
        "consultation-recorded".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

impl Aggregate for Record {
    const TYPE: &'static str = "bench";
    type Command = ();
    type Event = Recorded;
    type Error = Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        (): (),
        _services: &Self::Services,
        _sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        Ok(())
    }

    fn apply(&mut self, _event: Self::Event) {}
}

/// The store, asked below its framework, which would only add to each append.
pub(super) struct PostgresEs(PostgresEventRepository);

impl PostgresEs {
    pub(super) async fn new(pool: PgPool) -> Self {
        let table = sqlx::raw_sql(include_str!("../sql/postgres_es.sql"));
        table.execute(&pool).await.unwrap();
        Self(PostgresEventRepository::new(pool))
    }
}

#[async_trait]
impl Peer for PostgresEs {
    fn name(&self) -> &'static str {
        "postgres-es"
    }

    async fn append(&self, stream: &mut Stream, events: usize) {
        let begin = usize::try_from(stream.end).unwrap() + 1;
        let sequences = begin..begin + events;
        let events: Vec<_> = sequences.map(|at| event(&stream.name, at)).collect();
        self.0.persist::<Record>(&events, None).await.unwrap();
        stream.end += events.len() as i64;
    }

    async fn replay(&self) -> usize {
        let mut events = self.0.stream_all_events::<Record>().await.unwrap();
        let mut count = 0;
        while let Some(event) = events.next::<Record>(&[]).await {
            black_box(event.unwrap());
            count += 1;
        }
        count
    }
}

/// With JSON as long as our event's data and metadata.
fn event(stream: &str, sequence: usize) -> SerializedEvent {
    SerializedEvent {
        aggregate_id: stream.to_owned(),
        sequence,
        aggregate_type: Record::TYPE.to_owned(),
        event_type: "consultation-recorded".to_owned(),
        event_version: "1".to_owned(),
        payload: filled(DATA.len()),
        metadata: filled(METADATA.len()),
    }
}

/// An object whose JSON has this many bytes.
fn filled(bytes: usize) -> Value {
    json!({ "text": "t".repeat(bytes - r#"{"text":""}"#.len()) })
}
