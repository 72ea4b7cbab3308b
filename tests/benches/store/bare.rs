//! The same row through the same driver, each insert its own transaction, in no safe order.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;
use ledger_tests::database::TestDatabase;
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::appends::{BATCH, Run};
use crate::events::{DATA, METADATA, STREAM_EVENTS};

const HASH: &[u8] = &[7; 32];

/// A table with the log's columns and indexes, and nothing else.
pub(crate) struct Bare {
    database: TestDatabase,
    streams: AtomicI64,
}

impl Bare {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::new().await;
        let client = database.connect().await;
        let table = client.batch_execute(include_str!("sql/bare_table.sql"));
        table.await.unwrap();
        Self {
            database,
            streams: AtomicI64::new(0),
        }
    }

    /// As many rows as a grown ledger has, in streams that are written in turns.
    pub(crate) async fn grown(rows: usize, open: usize) -> Self {
        let bare = Self::new().await;
        let (rows, open) = (rows as i64, open as i64);
        let client = bare.database.connect().await;
        let columns: [&(dyn ToSql + Sync); 6] = [
            &rows,
            &open,
            &(STREAM_EVENTS as i64),
            &DATA,
            &METADATA,
            &HASH,
        ];
        let grow = client.execute(include_str!("sql/bare_grow.sql"), &columns);
        grow.await.unwrap();
        let settle = client.batch_execute(include_str!("sql/bare_vacuum.sql"));
        settle.await.unwrap();
        // No stream has a number that high, as none is without a row.
        bare.streams.store(rows, Ordering::Relaxed);
        bare
    }

    /// Inserts single rows over `writers` connections for a while.
    pub(crate) async fn inserts(&self, writers: usize, time: Duration) -> Run {
        let clients = join_all((0..writers).map(|_| self.database.connect())).await;
        let begun = Instant::now();
        let tasks = clients.into_iter().map(|client| {
            let stream = self.streams.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(insert(client, stream, (begun, time)))
        });
        let latencies = join_all(tasks).await.into_iter().flat_map(Result::unwrap);
        Run::new(latencies.collect(), begun.elapsed())
    }

    /// Inserts rows by the hundred, one statement each, over one connection; gives rows a second.
    pub(crate) async fn batches(&self, time: Duration) -> f64 {
        let client = self.database.connect().await;
        let insert = client.prepare(include_str!("sql/bare_batch.sql"));
        let insert = insert.await.unwrap();
        let stream = self.streams.fetch_add(1, Ordering::Relaxed);
        let (begun, mut next) = (Instant::now(), 0_i64);
        while begun.elapsed() < time {
            let revisions: Vec<i64> = (next..next + BATCH as i64).collect();
            let ids: Vec<Uuid> = revisions.iter().map(|_| Uuid::new_v4()).collect();
            let (datas, metadatas, hashes) =
                (vec![DATA; BATCH], vec![METADATA; BATCH], vec![HASH; BATCH]);
            let columns: [&(dyn ToSql + Sync); 6] =
                [&stream, &revisions, &ids, &datas, &metadatas, &hashes];
            client.execute(&insert, &columns).await.unwrap();
            next += BATCH as i64;
        }
        next as f64 / begun.elapsed().as_secs_f64()
    }
}

/// One connection's inserts; gives the seconds that each took.
async fn insert(client: Client, stream: i64, (begun, time): (Instant, Duration)) -> Vec<f64> {
    let insert = client.prepare(include_str!("sql/bare_insert.sql"));
    let insert = insert.await.unwrap();
    let mut latencies = Vec::new();
    while begun.elapsed() < time {
        let (id, revision, sent) = (Uuid::new_v4(), latencies.len() as i64, Instant::now());
        let row: [&(dyn ToSql + Sync); 6] = [&stream, &revision, &id, &DATA, &METADATA, &HASH];
        client.execute(&insert, &row).await.unwrap();
        latencies.push(sent.elapsed().as_secs_f64());
    }
    latencies
}
