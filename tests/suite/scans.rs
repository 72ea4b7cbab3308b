//! Scans that go on from page to page, and events too large for the quick way, on PostgreSQL.

use std::sync::Arc;

use ledger_core::id::{LedgerId, Position};
use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::{ExpectedRevision, LedgerStore, Limits, ReadAll, StoredEvent};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event, read_log, read_stream};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::postgres;
use ledger_tests::samples;

/// More than comes by a query of a few rows, so that pages are copied.
const PAGE_EVENTS: usize = 70;
const EVENTS: usize = 1_000;

async fn open(database: &TestDatabase) -> OpenStore {
    let address = postgres(database, LedgerId::new(samples::uuid(1))).await;
    let limits = Limits {
        page_events: PAGE_EVENTS,
        ..Limits::default()
    };
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let (store, background) = PostgresStore::open(address, clock, limits).await.unwrap();
    OpenStore::new(Arc::new(store), background)
}

/// Data that says which event it is of; every hundredth and those beside it are large.
fn data(number: usize) -> Vec<u8> {
    let bytes = if number % 100 < 2 { 20_000 } else { 10 };
    format!("{number:>bytes$}").into_bytes()
}

async fn fill(store: &dyn LedgerStore, numbers: std::ops::Range<usize>) {
    let events = numbers.map(|number| event(&data(number))).collect();
    append(store, "a-1", ExpectedRevision::Any, events).await;
}

fn assert_whole(events: &[StoredEvent], count: usize) {
    assert_eq!(events.len(), count);
    for ((number, event), position) in events.iter().enumerate().zip(1..) {
        assert_eq!(event.position.get(), position);
        assert_eq!(event.data, data(number), "{number}");
        assert_eq!(event.stream.as_str(), "a-1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn large_events_among_small_ones_are_read_in_their_places() {
    let database = TestDatabase::new().await;
    let store = open(&database).await;
    fill(&*store.store, 0..EVENTS).await;

    assert_whole(&read_log(&*store.store).await, EVENTS);
    assert_whole(&read_stream(&*store.store, "a-1").await, EVENTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_sees_what_was_written_since_it_began() {
    let database = TestDatabase::new().await;
    let store = open(&database).await;
    fill(&*store.store, 2..EVENTS / 2).await;
    let (mut read, mut positions) = (ReadAll::after(Position::default()), Vec::new());
    let mut written_more = false;

    loop {
        let page = store.store.read_all(&read).await.unwrap();
        positions.extend(page.events.iter().map(|event| event.position.get()));
        if positions.len() >= 3 * PAGE_EVENTS && !written_more {
            written_more = true;
            fill(&*store.store, 2..EVENTS / 2).await;
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }

    let written = 1..=u64::try_from(2 * (EVENTS / 2 - 2)).unwrap();
    assert_eq!(positions, written.collect::<Vec<_>>());
}

/// COPYs that the server is at in this database.
async fn copies(superuser: &tokio_postgres::Client) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'active' AND ltrim(query, E' \\n-') ~ 'COPY'
            AND pid <> pg_backend_pid()";
    superuser.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_nobody_goes_on_with_leaves_the_server_nothing_to_do() {
    let database = TestDatabase::new().await;
    let (store, superuser) = (open(&database).await, database.connect().await);
    // More than the system keeps for a connection that nobody reads.
    for _ in 0..10 {
        let events = (0..100).map(|_| event(&vec![b'x'; 20_000])).collect();
        append(&*store.store, "a-1", ExpectedRevision::Any, events).await;
    }
    let mut read = ReadAll::after(Position::default());

    for _ in 0..3 {
        let page = store.store.read_all(&read).await.unwrap();
        read.from = page.next.map(Position::new);
    }

    assert_eq!(copies(&superuser).await, 1);
    for _ in 0..100 {
        if copies(&superuser).await == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the scan is still under way");
}
