//! How fast the store appends and reads, as ratios to the bare driver on the same server in one run.
//!
//! Absolute times mean nothing on a shared machine; each pair is sampled in turns and the medians
//! are compared. `CARE_LEDGER_BENCH_SAMPLES` (5) and `CARE_LEDGER_BENCH_MILLIS` (1500) set how long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a benchmark prints its table, and its numbers are small"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::future::join_all;
use futures::{StreamExt as _, pin_mut};
use ledger_core::id::{EventId, EventType, Position, StreamName};
use ledger_core::store::{Append, ExpectedRevision, LedgerStore, NewEvent, ReadAll};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{Engine, TestLedger};
use uuid::Uuid;

/// Bytes of data and of metadata, about those of a consultation.
const DATA: &[u8] = &[b'd'; 250];
const METADATA: &[u8] = &[b'm'; 350];
/// Events that a replay reads.
const REPLAY_EVENTS: usize = 50_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(run());
}

async fn run() {
    let samples = usize::try_from(setting("CARE_LEDGER_BENCH_SAMPLES", 5)).unwrap();
    let time = Duration::from_millis(setting("CARE_LEDGER_BENCH_MILLIS", 1_500));
    let postgres = TestLedger::new(Engine::Postgres).await;
    let sqlite = TestLedger::new(Engine::Sqlite).await;
    let bare = Bare::new().await;
    println!("append, events a second (median of {samples}); ratio to the bare INSERT");
    let mut one_writer = 0.0;
    for writers in [1, 8, 32] {
        let (mut ours, mut theirs, mut embedded) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..samples {
            ours.push(appends(&postgres.shared(), writers, time).await);
            theirs.push(bare.inserts(writers, time).await);
            embedded.push(appends(&sqlite.shared(), writers, time).await);
        }
        let (ours, theirs, embedded) = (median(ours), median(theirs), median(embedded));
        if writers == 1 {
            one_writer = embedded;
        }
        println!(
            "{writers:>3} writers: PostgreSQL {ours:>8.0}  bare INSERT {theirs:>8.0}  ratio {:.2}   SQLite {embedded:>8.0} ({:.1}x one writer)",
            ours / theirs,
            embedded / one_writer,
        );
    }
    replay(samples).await;
}

/// Appends single events from `writers` tasks for a while; gives events a second.
async fn appends(store: &Arc<dyn LedgerStore>, writers: usize, time: Duration) -> f64 {
    let (begun, done) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let tasks = (0..writers).map(|_| {
        let (store, done) = (Arc::clone(store), Arc::clone(&done));
        tokio::spawn(async move {
            let stream = StreamName::new(format!("bench-{}", Uuid::new_v4())).unwrap();
            let mut expected = ExpectedRevision::NoStream;
            while begun.elapsed() < time {
                let append = Append::to(stream.clone(), expected, vec![event()]);
                let appended = store.append(append).await.unwrap();
                expected = appended.streams[0].revision.into();
                done.fetch_add(1, Ordering::Relaxed);
            }
        })
    });
    for task in join_all(tasks).await {
        task.unwrap();
    }
    done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

fn event() -> NewEvent {
    NewEvent {
        id: EventId::new(Uuid::new_v4()),
        event_type: EventType::new("consultation-recorded").unwrap(),
        content_type: "application/json".to_owned(),
        data: Bytes::from_static(DATA),
        metadata: Bytes::from_static(METADATA),
        sealed: None,
    }
}

/// The same row through the same driver, each insert its own transaction, in no safe order.
struct Bare {
    database: TestDatabase,
    streams: AtomicI64,
}

impl Bare {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        database
            .connect()
            .await
            .batch_execute(include_str!("sql/bare_table.sql"))
            .await
            .unwrap();
        Self {
            database,
            streams: AtomicI64::new(0),
        }
    }

    async fn inserts(&self, writers: usize, time: Duration) -> f64 {
        let clients = join_all((0..writers).map(|_| self.database.connect())).await;
        let (begun, done) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let tasks = clients.into_iter().map(|client| {
            let done = Arc::clone(&done);
            let stream = self.streams.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                let insert = client
                    .prepare(include_str!("sql/bare_insert.sql"))
                    .await
                    .unwrap();
                let mut revision = 0_i64;
                while begun.elapsed() < time {
                    let (id, hash) = (Uuid::new_v4(), [7_u8; 32]);
                    let row = client
                        .execute(
                            &insert,
                            &[&stream, &revision, &id, &DATA, &METADATA, &hash.as_slice()],
                        )
                        .await;
                    row.unwrap();
                    revision += 1;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        });
        for task in join_all(tasks).await {
            task.unwrap();
        }
        done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
    }
}

/// Reads the whole log, decoded, against the bytes alone of COPY OUT.
async fn replay(samples: usize) {
    let (postgres, sqlite) = (
        TestLedger::new(Engine::Postgres).await,
        TestLedger::new(Engine::Sqlite).await,
    );
    fill(&postgres.shared()).await;
    fill(&sqlite.shared()).await;
    let database = postgres.database().unwrap();
    let copy = include_str!("sql/copy_out.sql").replace("@ledger@", database.name());
    let client = database.connect().await;
    let (mut ours, mut theirs, mut embedded) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..samples {
        ours.push(scan(&postgres.shared()).await);
        let begun = Instant::now();
        let rows = client.copy_out(&copy).await.unwrap();
        pin_mut!(rows);
        while let Some(bytes) = rows.next().await {
            std::hint::black_box(bytes.unwrap());
        }
        theirs.push(REPLAY_EVENTS as f64 / begun.elapsed().as_secs_f64());
        embedded.push(scan(&sqlite.shared()).await);
    }
    let (ours, theirs, embedded) = (median(ours), median(theirs), median(embedded));
    println!("replay of {REPLAY_EVENTS} events, events a second; ratio to COPY OUT");
    println!(
        "PostgreSQL {ours:>8.0}  COPY OUT {theirs:>8.0}  ratio {:.2}   SQLite {embedded:>8.0}  ratio {:.2}",
        ours / theirs,
        embedded / theirs,
    );
}

async fn fill(store: &Arc<dyn LedgerStore>) {
    for stream in 0..REPLAY_EVENTS / 1_000 {
        let stream = StreamName::new(format!("bench-{stream}")).unwrap();
        let events = (0..1_000).map(|_| event()).collect();
        store
            .append(Append::to(stream, ExpectedRevision::NoStream, events))
            .await
            .unwrap();
    }
}

async fn scan(store: &Arc<dyn LedgerStore>) -> f64 {
    let (begun, mut read, mut count) = (Instant::now(), ReadAll::after(Position::default()), 0);
    loop {
        let page = store.read_all(&read).await.unwrap();
        count += page.events.len();
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    assert_eq!(count, REPLAY_EVENTS);
    count as f64 / begun.elapsed().as_secs_f64()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
