//! The stores of others that a cargo build can bring, on the same server in the same run.
//!
//! Every writer of theirs has a connection and a stream of its own and knows where the stream ends,
//! as ours does. Their events are of the size of ours, and wait for the disk as ours do.

mod cqrs;
mod dcb;

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures::future::join_all;
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::appends::{self, BATCH, Run};
use crate::events::{STREAM_EVENTS, fill, stream};
use crate::reads::scan;
use crate::{Effort, Pair};

/// Most writers at once, each of which has a connection.
const WRITERS_MAX: u32 = 32;

/// A store of somebody else's.
#[async_trait]
trait Peer: Send + Sync {
    /// As its package is called.
    fn name(&self) -> &'static str;

    /// Appends so many events to a stream in one transaction, which nobody else writes.
    async fn append(&self, stream: &mut Stream, events: usize);

    /// Reads the whole log, decoded, in what order the peer has; gives the number of events.
    async fn replay(&self) -> usize;
}

/// A stream and the number that its peer knows its end by.
struct Stream {
    name: String,
    end: i64,
}

impl Stream {
    fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { name, end: 0 }
    }

    /// A stream that no other sample writes.
    fn unused() -> Self {
        Self::new(format!("bench-{}", Uuid::new_v4()))
    }
}

/// All of them in a database that goes with this value.
struct Peers {
    stores: Vec<Arc<dyn Peer>>,
    _database: TestDatabase,
}

impl Peers {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let pool = connect(&database).await;
        let stores: Vec<Arc<dyn Peer>> = vec![
            Arc::new(cqrs::PostgresEs::new(pool.clone()).await),
            Arc::new(dcb::Disintegrate::new(pool).await),
        ];
        Self {
            stores,
            _database: database,
        }
    }

    /// A pair for each.
    fn pairs(&self) -> Vec<Pair> {
        self.stores.iter().map(|_| Pair::default()).collect()
    }

    /// A line of the table for each.
    fn at_least(&self, pairs: Vec<Pair>, what: &str, bound: f64) {
        for (peer, pair) in self.stores.iter().zip(pairs) {
            pair.at_least(&format!("{what} against {}", peer.name()), bound);
        }
    }
}

/// As many connections as writers, there before anything is timed.
async fn connect(database: &TestDatabase) -> PgPool {
    let options = PgPoolOptions::new()
        .min_connections(WRITERS_MAX)
        .max_connections(WRITERS_MAX);
    options.connect(&database.url()).await.unwrap()
}

/// Appends and replay of ours against theirs.
pub(crate) async fn bench(effort: Effort) {
    bench_appends(effort).await;
    bench_batches(effort).await;
    bench_replay(effort).await;
}

async fn bench_appends(effort: Effort) {
    let (ledger, peers) = (TestLedger::new(Engine::Postgres).await, Peers::new().await);
    for (writers, bound) in [(1, 1.0), (8, 1.0), (32, 4.0)] {
        let (mut rates, mut p99) = (peers.pairs(), peers.pairs());
        for _ in 0..effort.samples {
            let ours = appends::appends(&ledger.shared(), writers, effort.time).await;
            for (number, peer) in peers.stores.iter().enumerate() {
                let theirs = appends(peer, writers, effort.time).await;
                rates[number].push(ours.rate, theirs.rate);
                p99[number].push(ours.p99, theirs.p99);
            }
        }
        let what = format!("appends by {writers} writers, a second,");
        peers.at_least(rates, &what, bound);
        if writers == 32 {
            for (peer, p99) in peers.stores.iter().zip(p99) {
                let what = format!("p99 of 32 writers, µs, against {}", peer.name());
                p99.at_most(&what, 0.5);
            }
        }
    }
}

async fn bench_batches(effort: Effort) {
    let (ledger, peers) = (TestLedger::new(Engine::Postgres).await, Peers::new().await);
    let mut rates = peers.pairs();
    for _ in 0..effort.samples {
        let ours = appends::batches(&ledger.shared(), effort.time).await;
        for (peer, rates) in peers.stores.iter().zip(&mut rates) {
            rates.push(ours, batches(&**peer, effort.time).await);
        }
    }
    peers.at_least(rates, "batches of 100 by 1 writer, events a second,", 1.5);
}

async fn bench_replay(effort: Effort) {
    let (ledger, peers) = (TestLedger::new(Engine::Postgres).await, Peers::new().await);
    let events = effort.events / STREAM_EVENTS * STREAM_EVENTS;
    fill(&ledger.shared(), events).await;
    for peer in &peers.stores {
        for number in 0..events / STREAM_EVENTS {
            let mut stream = Stream::new(stream(number).as_str());
            peer.append(&mut stream, STREAM_EVENTS).await;
        }
    }
    let mut rates = peers.pairs();
    for _ in 0..effort.samples {
        let ours = scan(&ledger.shared(), events).await;
        for (peer, rates) in peers.stores.iter().zip(&mut rates) {
            rates.push(ours, replay(&**peer, events).await);
        }
    }
    let what = format!("replay of {events} events, a second,");
    peers.at_least(rates, &what, 1.5);
}

/// Appends single events from `writers` tasks for a while.
async fn appends(peer: &Arc<dyn Peer>, writers: usize, time: Duration) -> Run {
    let begun = Instant::now();
    let tasks = (0..writers).map(|_| tokio::spawn(append(Arc::clone(peer), (begun, time))));
    let latencies = join_all(tasks).await.into_iter().flat_map(Result::unwrap);
    Run::new(latencies.collect(), begun.elapsed())
}

/// One writer's appends; gives the seconds that each took.
async fn append(peer: Arc<dyn Peer>, (begun, time): (Instant, Duration)) -> Vec<f64> {
    let (mut stream, mut latencies) = (Stream::unused(), Vec::new());
    while begun.elapsed() < time {
        let sent = Instant::now();
        peer.append(&mut stream, 1).await;
        latencies.push(sent.elapsed().as_secs_f64());
    }
    latencies
}

/// Appends of a hundred events by one writer; gives events a second.
async fn batches(peer: &dyn Peer, time: Duration) -> f64 {
    let (mut stream, begun, mut done) = (Stream::unused(), Instant::now(), 0);
    while begun.elapsed() < time {
        peer.append(&mut stream, BATCH).await;
        done += BATCH;
    }
    done as f64 / begun.elapsed().as_secs_f64()
}

/// Reads the whole log; gives events a second.
async fn replay(peer: &dyn Peer, events: usize) -> f64 {
    let begun = Instant::now();
    assert_eq!(peer.replay().await, events);
    events as f64 / begun.elapsed().as_secs_f64()
}
