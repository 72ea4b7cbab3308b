//! `disintegrate-postgres`: a decision is held to a query over the log, in SERIALIZABLE transactions.

use std::hint::black_box;

use async_trait::async_trait;
use disintegrate::serde::json::Json;
use disintegrate::{Event, EventStore as _, StreamItem, query};
use disintegrate_postgres::{Error, Migrator, PgEventStore};
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use super::{Peer, Stream};
use crate::events::{DATA, METADATA};

/// What PostgreSQL says where two transactions may have seen each other's gaps.
const SERIALIZATION_FAILURE: &str = "40001";

#[derive(Clone, Debug, Deserialize, Event, PartialEq, Serialize)]
enum Recorded {
    Consultation {
        #[id]
        stream: String,
        text: String,
        about: String,
    },
}

/// The store with its own tables.
pub(super) struct Disintegrate(PgEventStore<Recorded, Json<Recorded>>);

impl Disintegrate {
    pub(super) async fn new(pool: PgPool) -> Self {
        let store = PgEventStore::new_uninitialized(pool.clone(), Json::default());
        let made = Migrator::new(store.clone()).init_event_store().await;
        if made.is_err() {
            // As on PostgreSQL 15; whatever else it was, the rest is not made either then.
            let rest = sqlx::raw_sql(include_str!("../sql/disintegrate.sql"));
            rest.execute(&pool).await.unwrap();
        }
        Self(store)
    }
}

#[async_trait]
impl Peer for Disintegrate {
    fn name(&self) -> &'static str {
        "disintegrate-postgres"
    }

    async fn append(&self, stream: &mut Stream, events: usize) {
        let events = vec![event(&stream.name); events];
        let query = query!(Recorded; stream == stream.name);
        // A refusal is a false one, as nobody else writes this stream: a caller has to try again.
        loop {
            let appended = self.0.append(events.clone(), query.clone(), stream.end);
            match appended.await {
                Ok(appended) => {
                    stream.end = appended.last().unwrap().id();
                    return;
                },
                Err(error) if is_refused(&error) => {},
                Err(error) => panic!("{error}: {error:?}"),
            }
        }
    }

    async fn replay(&self) -> usize {
        let query = query!(Recorded);
        let (mut items, mut count) = (self.0.stream(&query), 0);
        while let Some(item) = items.next().await {
            if let StreamItem::Event(event) = item.unwrap() {
                black_box(event);
                count += 1;
            }
        }
        count
    }
}

fn is_refused(error: &Error) -> bool {
    if let Error::Database(sqlx::Error::Database(error)) = error {
        return error.code().as_deref() == Some(SERIALIZATION_FAILURE);
    }
    matches!(error, Error::Concurrency)
}

/// With data and metadata in one payload, which is all that there is to keep them in.
fn event(stream: &str) -> Recorded {
    Recorded::Consultation {
        stream: stream.to_owned(),
        text: "t".repeat(DATA.len()),
        about: "a".repeat(METADATA.len()),
    }
}
