//! What is measured of a real store, and that `docs/metrics.md` describes every metric and no other.

use std::path::Path;
use std::sync::Arc;

use ledger_app::metrics::{Metrics, table};
use ledger_core::id::{LedgerId, Position};
use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{
    Append, AppendError, ExpectedRevision, LedgerStore, Limits, Observed, ReadAll,
};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, events, stream};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::postgres;
use ledger_tests::samples;
use ledger_tests::serving::value;

/// One row of the documentation's table, without what to do.
type Row = [String; 5];

#[test]
fn the_documentation_describes_every_metric_and_no_other() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/metrics.md");
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("| `"));
    let described: Vec<Row> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            assert!(!cells[6].is_empty(), "what to do: {line}");
            [1, 2, 3, 4, 5].map(|at| cells[at].trim_matches('`').to_owned())
        })
        .collect();
    let row = |one: &table::Metric| {
        let labels = one.labels.join(", ");
        [one.name, one.kind.name(), one.unit, &labels, one.help].map(str::to_owned)
    };
    let known: Vec<Row> = table::ALL.iter().map(row).collect();

    assert_eq!(described, known);
}

#[test]
fn names_follow_the_conventions_of_prometheus() {
    for one in table::ALL {
        assert!(one.name.starts_with("care_ledger_"), "{}", one.name);
        let counts = one.kind == table::Kind::Counter;
        assert_eq!(one.name.ends_with("_total"), counts, "{}", one.name);
        let times = one.unit == "seconds";
        assert_eq!(one.name.ends_with("_seconds"), times, "{}", one.name);
        assert!(one.help.ends_with('.'), "{}", one.name);
    }
}

fn one_event(name: &str, expected: ExpectedRevision) -> Append {
    Append::to(stream(name), expected, events(1))
}

/// Appends and reads through a store that is observed, and looks at the numbers.
async fn a_store_is_measured(store: Arc<dyn LedgerStore>, metrics: &Metrics) {
    let new = ExpectedRevision::NoStream;
    let first = one_event("child-1", new);
    store.append(first.clone()).await.unwrap();
    assert!(store.append(first).await.unwrap().repeated);
    let conflict = store.append(one_event("child-1", new)).await;
    assert!(matches!(conflict, Err(AppendError::Conflict { .. })));
    let mut pending = Vec::new();
    for name in ["child-2", "child-3"] {
        pending.push(store.submit(one_event(name, new)).await.unwrap());
    }
    for one in pending {
        one.wait().await.unwrap();
    }
    let page = store.read_all(&ReadAll::after(Position::default())).await;
    assert_eq!(page.unwrap().events.len(), 3);
    store.head().await.unwrap();

    let text = metrics.text();
    for (sample, wanted) in [
        ("care_ledger_appends_total{outcome=\"ok\"}", 3.0),
        ("care_ledger_appends_total{outcome=\"repeated\"}", 1.0),
        ("care_ledger_appends_total{outcome=\"conflict\"}", 1.0),
        ("care_ledger_appended_events_total", 3.0),
        ("care_ledger_append_seconds_count", 5.0),
        ("care_ledger_append_group_events_sum", 3.0),
        ("care_ledger_append_queue_length", 0.0),
        ("care_ledger_append_fences_total", 0.0),
        ("care_ledger_read_events_total{read=\"all\"}", 3.0),
        ("care_ledger_reads_total{read=\"head\",outcome=\"ok\"}", 1.0),
    ] {
        let found = value(&text, sample);
        assert!((found - wanted).abs() < f64::EPSILON, "{sample} {found}");
    }
    assert!(!text.contains("child-"), "{text}");
}

/// Opens a file's log for metrics.
fn observed(path: &Path, metrics: &Metrics) -> OpenStore {
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let observer = metrics.store.clone();
    let opened = SqliteStore::open_observed(path, clock, Limits::default(), observer.clone());
    let (store, background) = opened.unwrap();
    OpenStore::new(Arc::new(Observed::new(store, observer)), background)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fence_is_measured_where_it_is_met() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    SqliteStore::create(&path, LedgerId::new(samples::uuid(1))).unwrap();
    let (one, other) = (Metrics::new().unwrap(), Metrics::new().unwrap());
    let (first, second) = (observed(&path, &one), observed(&path, &other));
    let append = async |store: &OpenStore, name| {
        let append = one_event(name, ExpectedRevision::NoStream);
        store.append(append).await.unwrap();
    };

    append(&first, "child-1").await;
    append(&second, "child-2").await;
    append(&first, "child-3").await;

    let fences = |metrics: &Metrics| value(&metrics.text(), "care_ledger_append_fences_total");
    assert!((fences(&one) - 1.0).abs() < f64::EPSILON);
    assert!(fences(&other).abs() < f64::EPSILON);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_measured_on_sqlite() {
    let (folder, metrics) = (tempfile::tempdir().unwrap(), Metrics::new().unwrap());
    let path = folder.path().join("log.db");
    SqliteStore::create(&path, LedgerId::new(samples::uuid(1))).unwrap();
    let store = observed(&path, &metrics);

    a_store_is_measured(Arc::clone(&store.store), &metrics).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_measured_on_postgres() {
    let (database, metrics) = (TestDatabase::new().await, Metrics::new().unwrap());
    let address = postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let observer = metrics.store.clone();
    let opened =
        PostgresStore::open_observed(address, clock, Limits::default(), observer.clone()).await;
    let (store, background) = opened.unwrap();
    let store = OpenStore::new(Arc::new(Observed::new(store, observer)), background);

    a_store_is_measured(Arc::clone(&store.store), &metrics).await;
}
