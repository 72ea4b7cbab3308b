//! Makes a ledger hold many events: the rows that its writer would have written, by one COPY.
//!
//! Numbers, times, ids, leaf hashes and the tree's edge are right, which an audit of the whole log says
//! afterwards; the indexes grow with the table. `restore` would make the same rows of a backup, but
//! would read each event as a line of JSON first.

use std::pin::pin;

use bytes::Bytes;
use ledger_core::id::{EventId, Revision};
use ledger_core::proof::{Frontier, Hash, Leaf};
use ledger_core::store::audit::audit;
use ledger_core::time::{Clock as _, Timestamp};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use uuid::Uuid;

use crate::events::{DATA, METADATA, STREAM_EVENTS, stream};

const CONTENT_TYPE: &str = "application/json";
const EVENT_TYPE: &str = "consultation-recorded";
/// The columns of `grown_events.sql`.
const COLUMNS: [Type; 10] = [
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::UUID,
    Type::INT8,
    Type::TIMESTAMPTZ,
    Type::TEXT,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
];

/// How many events there are, and in what order their streams are written.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) events: usize,
    /// Streams of a thousand events that are written in turns before others begin.
    pub(super) open: usize,
}

/// Where an event is by that order, all from 0.
struct Place {
    stream: usize,
    revision: usize,
    /// The event that began the stream.
    first: usize,
}

impl Shape {
    /// A thousand streams at once, or all where there are fewer.
    pub(super) fn of(events: usize) -> Self {
        let events = events.max(STREAM_EVENTS);
        let open = (events / STREAM_EVENTS).min(1_000);
        Self { events, open }
    }

    /// Streams that have all their events.
    pub(super) const fn whole_streams(self) -> usize {
        self.events / (self.open * STREAM_EVENTS) * self.open
    }

    const fn place(self, event: usize) -> Place {
        let block = self.open * STREAM_EVENTS;
        let (begin, turn) = (event / block * block, event % self.open);
        Place {
            stream: event / block * self.open + turn,
            revision: event % block / self.open,
            first: begin + turn,
        }
    }
}

/// A new ledger with so many events, audited, settled and not written to since.
pub(super) async fn grow(shape: Shape) -> TestLedger {
    let ledger = TestLedger::new(Engine::Postgres).await;
    let database = ledger.database().unwrap();
    let client = database.connect().await;
    let frontier = copy_events(&client, database, (shape, ledger.clock.now())).await;
    add_names(&client, database, shape).await;
    let sql = named(database, include_str!("../sql/grown_head.sql"));
    let at = ledger.clock.now().utc();
    let head: [&(dyn ToSql + Sync); 3] = [&(shape.events as i64), &frontier.to_bytes(), &at];
    client.execute(&sql, &head).await.unwrap();
    // As a log that is not made anew: the pages' visibility is noted and nothing waits to be written.
    let sql = named(database, include_str!("../sql/vacuum.sql"));
    client.batch_execute(&sql).await.unwrap();
    let store = ledger.shared();
    let audited = audit(&*store, None, None, &mut |_, _| {}).await.unwrap();
    assert_eq!(audited.fault, None);
    assert_eq!(audited.head.position.get(), shape.events as u64);
    ledger
}

/// A text of SQL for a database's ledger, whose name no parameter can say.
pub(super) fn named(database: &TestDatabase, sql: &str) -> String {
    sql.replace("@ledger@", database.name())
}

/// Gives the tree's edge after the last event.
async fn copy_events(
    client: &Client,
    database: &TestDatabase,
    (shape, at): (Shape, Timestamp),
) -> Frontier {
    let sql = named(database, include_str!("../sql/grown_events.sql"));
    let sink = client.copy_in::<_, Bytes>(&sql).await.unwrap();
    let mut rows = pin!(BinaryCopyInWriter::new(sink, &COLUMNS));
    let (mut frontier, hashes) = (Frontier::default(), [DATA, METADATA].map(Hash::of));
    for event in 0..shape.events {
        let (place, id) = (shape.place(event), Uuid::new_v4());
        let leaf = leaf((&place, id), at, hashes);
        frontier.push(leaf);
        let row: [&(dyn ToSql + Sync); 10] = [
            &(event as i64 + 1),
            &(place.first as i64 + 1),
            &(place.revision as i64),
            &id,
            &1_i64,
            &at.utc(),
            &CONTENT_TYPE,
            &DATA,
            &METADATA,
            &&leaf.as_bytes()[..],
        ];
        rows.as_mut().write(&row).await.unwrap();
    }
    rows.finish().await.unwrap();
    frontier
}

fn leaf((place, id): (&Place, Uuid), at: Timestamp, [data, metadata]: [Hash; 2]) -> Hash {
    let stream = stream(place.stream);
    let leaf = Leaf {
        id: EventId::new(id),
        stream: stream.as_str(),
        revision: Revision::new(place.revision as u64),
        event_type: EVENT_TYPE,
        content_type: CONTENT_TYPE,
        recorded_at: at,
        data,
        metadata,
        sealed: None,
    };
    leaf.hash()
}

/// The names of streams and type, under the positions that used them first.
async fn add_names(client: &Client, database: &TestDatabase, shape: Shape) {
    let sql = named(database, include_str!("../sql/grown_type.sql"));
    client.execute(&sql, &[&EVENT_TYPE]).await.unwrap();
    let firsts = (0..shape.events).filter(|event| shape.place(*event).revision == 0);
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for event in firsts {
        ids.push(event as i64 + 1);
        names.push(stream(shape.place(event).stream).as_str().to_owned());
    }
    let sql = named(database, include_str!("../sql/grown_streams.sql"));
    client.execute(&sql, &[&ids, &names]).await.unwrap();
}
