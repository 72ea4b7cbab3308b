//! Reads of the whole log and of one stream, decoded, against the bytes alone.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use futures::{StreamExt as _, pin_mut};
use ledger_core::id::Position;
use ledger_core::store::{LedgerStore, ReadAll, ReadStream};
use ledger_tests::ledger::{Engine, TestLedger};
use tokio_postgres::Client;

use crate::events::{STREAM_EVENTS, fill, stream};
use crate::{Effort, Pair};

/// Streams that one sample reads.
const STREAMS: usize = 100;

pub(crate) async fn bench(effort: Effort) {
    let postgres = TestLedger::new(Engine::Postgres).await;
    let sqlite = TestLedger::new(Engine::Sqlite).await;
    let events = effort.events / STREAM_EVENTS * STREAM_EVENTS;
    fill(&postgres.shared(), events).await;
    fill(&sqlite.shared(), events).await;
    let database = postgres.database().unwrap();
    let client = database.connect().await;
    let named = |sql: &str| sql.replace("@ledger@", database.name());
    // As a log that is not made anew: no reader has to note first what is committed.
    let vacuum = named(include_str!("sql/vacuum.sql"));
    client.batch_execute(&vacuum).await.unwrap();
    // What was written before is on the disk: the server does nothing else while it is read.
    let checkpoint = include_str!("sql/checkpoint.sql");
    client.batch_execute(checkpoint).await.unwrap();
    let copy = named(include_str!("sql/copy_out.sql"));
    let (mut replay, mut embedded) = (Pair::default(), Pair::default());
    for _ in 0..effort.samples {
        let ours = scan(&postgres.shared(), events).await;
        let theirs = copy_out(&client, &copy, events).await;
        replay.push(ours, theirs);
        embedded.push(scan(&sqlite.shared(), events).await, theirs);
    }
    replay.at_least(
        &format!("replay of {events} events against COPY OUT, a second"),
        0.9,
    );
    embedded.at_least(
        "SQLite scan of as many against COPY OUT, events a second",
        2.0,
    );
    let sql = [
        include_str!("sql/stream_id.sql"),
        include_str!("sql/bare_stream.sql"),
    ];
    let mut streams = Pair::default();
    for _ in 0..effort.samples {
        let numbers: Vec<usize> = (0..STREAMS).map(|n| n % (events / STREAM_EVENTS)).collect();
        let ours = read_streams(&postgres.shared(), &numbers).await;
        streams.push(ours, bare_streams(&client, sql.map(named), &numbers).await);
    }
    streams.at_least(
        "streams of 1,000 events against bare SELECT, events a second",
        0.9,
    );
}

/// Reads the whole log; gives events a second.
pub(crate) async fn scan(store: &Arc<dyn LedgerStore>, events: usize) -> f64 {
    let (begun, mut read, mut count) = (Instant::now(), ReadAll::after(Position::default()), 0);
    loop {
        let page = store.read_all(&read).await.unwrap();
        count += page.events.len();
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    assert_eq!(count, events);
    count as f64 / begun.elapsed().as_secs_f64()
}

/// The bytes of the same rows, decoded by nobody.
pub(crate) async fn copy_out(client: &Client, sql: &str, events: usize) -> f64 {
    let begun = Instant::now();
    let rows = client.copy_out(sql).await.unwrap();
    pin_mut!(rows);
    while let Some(bytes) = rows.next().await {
        black_box(bytes.unwrap());
    }
    events as f64 / begun.elapsed().as_secs_f64()
}

/// Reads these streams, each of a thousand events; gives events a second.
pub(crate) async fn read_streams(store: &Arc<dyn LedgerStore>, numbers: &[usize]) -> f64 {
    let begun = Instant::now();
    for number in numbers {
        let read = ReadStream::whole(stream(*number));
        let page = store.read_stream(&read).await.unwrap();
        assert_eq!(page.events.len(), STREAM_EVENTS);
    }
    (numbers.len() * STREAM_EVENTS) as f64 / begun.elapsed().as_secs_f64()
}

/// The same rows by one SELECT a stream, decoded by nobody.
pub(crate) async fn bare_streams(
    client: &Client,
    [ids, rows]: [String; 2],
    numbers: &[usize],
) -> f64 {
    let (id_of, select) = (client.prepare(&ids).await, client.prepare(&rows).await);
    let (id_of, select) = (id_of.unwrap(), select.unwrap());
    let mut streams = Vec::new();
    for number in numbers {
        let name = stream(*number);
        let row = client.query_one(&id_of, &[&name.as_str()]).await.unwrap();
        streams.push(row.get::<_, i64>(0));
    }
    let begun = Instant::now();
    for stream in streams {
        let rows = client.query(&select, &[&stream]).await.unwrap();
        assert_eq!(black_box(rows).len(), STREAM_EVENTS);
    }
    (numbers.len() * STREAM_EVENTS) as f64 / begun.elapsed().as_secs_f64()
}
