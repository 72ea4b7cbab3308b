//! Appends of one process, against bare inserts.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::join_all;
use ledger_core::store::{Append, AppendError, ExpectedRevision, LedgerStore};
use ledger_tests::ledger::{Engine, TestLedger};

use crate::bare::Bare;
use crate::events::{event, new_stream};
use crate::{Effort, Pair};

/// Events of one append in a batch.
pub(crate) const BATCH: usize = 100;

/// What a while of appends or inserts came to.
pub(crate) struct Run {
    /// A second.
    pub(crate) rate: f64,
    /// The slowest of a hundred, in microseconds.
    pub(crate) p99: f64,
}

impl Run {
    /// From the seconds that each of them took.
    pub(crate) fn new(mut latencies: Vec<f64>, took: Duration) -> Self {
        latencies.sort_by(f64::total_cmp);
        let rate = latencies.len() as f64 / took.as_secs_f64();
        let last = latencies.len() * 99 / 100;
        let p99 = latencies[last.min(latencies.len() - 1)] * 1e6;
        Self { rate, p99 }
    }
}

/// Single appends by 1, 8 and 32 writers on both engines.
pub(crate) async fn bench(effort: Effort) {
    let ledgers = [Engine::Postgres, Engine::Sqlite].map(TestLedger::new);
    let (ledgers, bare) = (join_all(ledgers).await, Bare::new().await);
    let (postgres, sqlite) = (ledgers[0].shared(), ledgers[1].shared());
    let mut embedded = Pair::default();
    for (writers, bound) in [(1, 0.8), (8, 1.0), (32, 1.5)] {
        let (mut rates, mut p99) = (Pair::default(), Pair::default());
        for _ in 0..effort.samples {
            let ours = appends(&postgres, writers, effort.time).await;
            let theirs = bare.inserts(writers, effort.time).await;
            rates.push(ours.rate, theirs.rate);
            p99.push(ours.p99, theirs.p99);
            let on_sqlite = appends(&sqlite, writers, effort.time).await.rate;
            match writers {
                1 => embedded.theirs.push(on_sqlite),
                32 => embedded.ours.push(on_sqlite),
                _ => {},
            }
        }
        let what = format!("appends by {writers} writers against bare INSERT, a second");
        rates.at_least(&what, bound);
        if writers == 32 {
            p99.at_most("p99 of 32 writers against bare INSERT's, µs", 0.5);
        }
    }
    embedded.at_least("SQLite, 32 writers against 1, a second", 8.0);
}

/// Appends of a hundred events by one writer.
pub(crate) async fn bench_batches(effort: Effort) {
    let (ledger, bare) = (TestLedger::new(Engine::Postgres).await, Bare::new().await);
    let (store, mut rates) = (ledger.shared(), Pair::default());
    for _ in 0..effort.samples {
        let ours = batches(&store, effort.time).await;
        rates.push(ours, bare.batches(effort.time).await);
    }
    rates.at_least(
        "batches of 100 by 1 writer against bare INSERT, events a second",
        0.8,
    );
}

/// Appends single events from `writers` tasks for a while.
pub(crate) async fn appends(store: &Arc<dyn LedgerStore>, writers: usize, time: Duration) -> Run {
    let begun = Instant::now();
    let tasks = (0..writers).map(|_| tokio::spawn(append(Arc::clone(store), (begun, time))));
    let latencies = join_all(tasks).await.into_iter().flat_map(Result::unwrap);
    Run::new(latencies.collect(), begun.elapsed())
}

/// One writer's appends to a stream of its own; gives the seconds that each took.
async fn append(store: Arc<dyn LedgerStore>, (begun, time): (Instant, Duration)) -> Vec<f64> {
    let (stream, mut expected) = (new_stream(), ExpectedRevision::NoStream);
    let mut latencies = Vec::new();
    while begun.elapsed() < time {
        let (append, sent) = (
            Append::to(stream.clone(), expected, vec![event()]),
            Instant::now(),
        );
        match store.append(append).await {
            Ok(appended) => expected = appended.streams[0].revision.into(),
            Err(AppendError::Busy) => continue,
            Err(error) => panic!("{error}: {error:?}"),
        }
        latencies.push(sent.elapsed().as_secs_f64());
    }
    latencies
}

/// Appends of a hundred events by one writer; gives events a second.
pub(crate) async fn batches(store: &Arc<dyn LedgerStore>, time: Duration) -> f64 {
    let (stream, mut expected) = (new_stream(), ExpectedRevision::NoStream);
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < time {
        let events = (0..BATCH).map(|_| event()).collect();
        let append = Append::to(stream.clone(), expected, events);
        expected = store.append(append).await.unwrap().streams[0]
            .revision
            .into();
        done += BATCH;
    }
    done as f64 / begun.elapsed().as_secs_f64()
}
