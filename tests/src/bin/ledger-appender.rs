//! Appends to a ledger as one process of several, and may be killed at any time and started again.
//!
//! Arguments: `sqlite:PATH` or a PostgreSQL address, the name of its own stream, how many appends.
//! Each append adds two events to its own stream and one to `shared`, at exact revisions, and prints
//! its number once it is durable.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool of the tests"
)]

use std::io::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use ledger_core::id::{EventId, EventType, Revision, StreamName};
use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{
    Append, AppendError, ExpectedRevision, LedgerStore, Limits, NewEvent, StreamAppend,
};
use ledger_core::time::SystemClock;
use uuid::Uuid;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, name, count] = &arguments[..] else {
        panic!("usage: ledger-appender STORE STREAM COUNT");
    };
    let store = open(address).await;
    let (own, shared) = (stream(name), stream("shared"));
    let mut shared_at = ExpectedRevision::NoStream;
    let mut number = 0_u64;
    while number < count.parse().unwrap() {
        let first = number * 2;
        let own_at = first
            .checked_sub(1)
            .map_or(ExpectedRevision::NoStream, |revision| {
                ExpectedRevision::Exact(Revision::new(revision))
            });
        let append = Append {
            streams: vec![
                part(
                    &own,
                    own_at,
                    vec![event(name, first), event(name, first + 1)],
                ),
                part(
                    &shared,
                    shared_at,
                    vec![event(&format!("shared:{name}"), number)],
                ),
            ],
            checks: Vec::new(),
        };
        match store.append(append).await {
            Ok(appended) => shared_at = appended.streams.last().unwrap().revision.into(),
            // Only this name writes to its own stream: an earlier run came this far.
            Err(AppendError::Conflict { stream, .. }) if stream == own => {},
            Err(AppendError::Conflict { actual, .. }) => {
                shared_at = actual.into();
                continue;
            },
            Err(AppendError::Busy) => continue,
            Err(error) => panic!("{error}"),
        }
        println!("{number}");
        std::io::stdout().flush().unwrap();
        number += 1;
    }
}

async fn open(address: &str) -> Arc<dyn LedgerStore> {
    let (clock, limits) = (Arc::new(SystemClock), Limits::default());
    if let Some(path) = address.strip_prefix("sqlite:") {
        let (store, background) = SqliteStore::open(path.as_ref(), clock, limits).unwrap();
        tokio::spawn(background);
        return Arc::new(store);
    }
    let opened = PostgresStore::open(address.parse().unwrap(), clock, limits).await;
    let (store, background) = opened.unwrap();
    tokio::spawn(background);
    Arc::new(store)
}

fn stream(name: &str) -> StreamName {
    StreamName::new(name).unwrap()
}

fn part(stream: &StreamName, expected: ExpectedRevision, events: Vec<NewEvent>) -> StreamAppend {
    StreamAppend {
        stream: stream.clone(),
        expected,
        events,
    }
}

/// The same event in every run.
fn event(name: &str, number: u64) -> NewEvent {
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{name}:{number}").as_bytes());
    NewEvent {
        id: EventId::new(id),
        event_type: EventType::new("sample-happened").unwrap(),
        content_type: "text/plain".to_owned(),
        data: Bytes::from(number.to_string()),
        metadata: Bytes::new(),
        sealed: None,
    }
}
