//! Whoever watches the program asks it over HTTP while others record; it ends when it is told to.

use std::io::Write as _;

use ledger_app::metrics::table;
use ledger_core::store::ExpectedRevision;
use ledger_projections::consumer::{Consumer, define};
use ledger_tests::conformance::{append, events};
use ledger_tests::consuming;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Serving, answer, value};

use super::serving_faults::beside;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
/// Somebody's registration, and what no metric may hold of it.
const REGISTER: &str = "record register-child --number C101 --name 見本　花子 --kana ミホン　ハナコ \
     --birth-date 2019-10-15 --occurred R3.8.5 --json";
const PERSONAL: [&str; 6] = [
    "花子",
    "ハナコ",
    "2019-10-15",
    "C101",
    "child-",
    "postgres://",
];
const FACTS_POSITION: &str = "care_ledger_projection_position{projection=\"facts\"}";
const CONSUMER_LAG: &str = "care_ledger_consumer_lag_events{consumer=\"mail-out\",partition=\"1\"}";
const FACTS_LAG: &str = "care_ledger_projection_lag_events{projection=\"facts\"}";

/// Runs the program in a process of its own and answers what it wrote.
fn process(place: &Place, line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let output = place.process(BINARY, &words).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{line}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

fn leases(place: &Place) -> Vec<String> {
    let status: serde_json::Value = serde_json::from_str(&process(place, "status --json")).unwrap();
    let held = status["leases"].as_array().unwrap().iter();
    held.map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Every line is a comment of a metric or a sample of one that has both comments.
fn assert_prometheus(text: &str) {
    let mut known = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.splitn(3, ' ');
            let (what, name) = (words.next().unwrap(), words.next().unwrap());
            assert!(["HELP", "TYPE"].contains(&what) && words.next().is_some());
            known.push((what, name));
            continue;
        }
        let (sample, number) = line.rsplit_once(' ').expect("a sample");
        assert!(number.parse::<f64>().is_ok(), "{line}");
        let name = sample.split('{').next().unwrap();
        let parts = ["_bucket", "_sum", "_count"].iter();
        let of = parts.filter_map(|part| name.strip_suffix(part));
        let of = of.chain([name]).find(|of| known.contains(&("TYPE", of)));
        let of = of.unwrap_or_else(|| panic!("no TYPE: {line}"));
        assert!(known.contains(&("HELP", of)), "no HELP: {line}");
    }
    for metric in table::ALL {
        assert!(known.contains(&("TYPE", metric.name)), "{}", metric.name);
        assert!(known.contains(&("HELP", metric.name)), "{}", metric.name);
    }
}

async fn what_others_record_is_followed_and_measured(engine: Engine) {
    let place = Place::initialised(engine).await;
    // Its metrics show once there is one.
    let Consumer {
        name, partitions, ..
    } = consuming::consumer("mail-out", 2);
    let views = consuming::views_at(&place.options()[1]);
    define(&views, &name, partitions).await.unwrap();
    let serving = Serving::start(&place, BINARY);
    assert_eq!(serving.get("/healthz").status, 200);
    let ready = serving.until("/readyz", |response| response.status == 200);
    assert_eq!(ready.body, "ok\n");
    serving.until_metric("care_ledger_writer_lease_held", 1.0);
    let before = serving.metric("care_ledger_head_position");

    let receipt: serde_json::Value = serde_json::from_str(&process(&place, REGISTER)).unwrap();

    let position = receipt["position"].as_u64().unwrap();
    let text = |number: u64| number.to_string().parse::<f64>().unwrap();
    serving.until_metric("care_ledger_head_position", text(position));
    serving.until_metric(FACTS_POSITION, text(position));
    let metrics = serving.get("/metrics");
    assert!(before < text(position), "{before}");
    assert_eq!(value(&metrics.body, FACTS_LAG).to_string(), "0");
    // Nobody works on it.
    serving.until_metric(CONSUMER_LAG, text(position));
    assert!(value(&metrics.body, "care_ledger_subscription_events_total") >= 1.0);
    let content_type = metrics.header("content-type");
    assert_eq!(
        content_type,
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    assert_prometheus(&metrics.body);
    let stream = receipt["streams"][0]["stream"].as_str().unwrap();
    let id = stream.split_once('-').unwrap().1;
    for secret in PERSONAL.iter().chain([&stream, &id]) {
        assert!(!metrics.body.contains(secret), "{secret}: {}", metrics.body);
    }

    assert_eq!(leases(&place), ["writer"]);
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
    assert_eq!(leases(&place), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_record_is_followed_and_measured_on_sqlite() {
    what_others_record_is_followed_and_measured(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_record_is_followed_and_measured_on_postgres() {
    what_others_record_is_followed_and_measured(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_one_stands_by_and_takes_over() {
    let place = Place::initialised(Engine::Sqlite).await;
    let lease = "care_ledger_writer_lease_held";
    let first = Serving::start(&place, BINARY);
    first.until_metric(lease, 1.0);
    let second = Serving::start(&place, BINARY);
    let _ready = second.until("/readyz", |response| response.status == 200);
    second.until_metric(lease, 0.0);

    first.signal("INT");

    assert_eq!(first.ended().code(), Some(0));
    second.until_metric(lease, 1.0);
    let third = Serving::start(&place, BINARY);
    third.until_metric(lease, 0.0);

    second.signal("KILL");

    assert!(!second.ended().success());
    third.until_metric(lease, 1.0);
    // Written past the program, so that nobody but the third brings the projections there.
    let store = beside(&place, Engine::Sqlite).await;
    let at = append(&*store, "note-1", ExpectedRevision::Any, events(2)).await;
    let position = at.position.to_string().parse().unwrap();
    third.until_metric(FACTS_POSITION, position);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_keep_their_manners_whatever_is_asked() {
    let place = Place::initialised(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let close = "Host: ledger\r\nConnection: close\r\n";
    let body = "Content-Length: 4\r\n\r\nbody";

    for (line, rest, status) in [
        ("GET /healthz", "\r\n", 200),
        ("HEAD /healthz", "\r\n", 200),
        ("GET /none", "\r\n", 404),
        ("GET /healthz/..%2f", "\r\n", 404),
        ("POST /metrics", "\r\n", 405),
        ("DELETE /readyz", "\r\n", 405),
        ("GET /healthz", body, 413),
    ] {
        let asked = format!("{line} HTTP/1.1\r\n{close}{rest}");
        let found = serving.ask(&asked);

        assert_eq!(found.status, status, "{line}: {found:?}");
        assert_eq!(found.header("cache-control"), Some("no-store"), "{line}");
        let sniffed = found.header("x-content-type-options");
        assert_eq!(sniffed, Some("nosniff"), "{line}");
        if status == 405 {
            assert_eq!(found.header("allow"), Some("GET,HEAD"), "{line}");
        }
    }
    let long = format!(
        "GET /healthz HTTP/1.1\r\n{close}X: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    assert_eq!(serving.ask(&long).status, 431);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_before_the_program_ends() {
    let place = Place::initialised(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut stream = serving.connect();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: ledger\r\n")
        .unwrap();
    // Once this is answered the first connection is taken, too.
    assert_eq!(serving.get("/healthz").status, 200);

    serving.signal("TERM");
    std::thread::sleep(std::time::Duration::from_millis(300));
    stream.write_all(b"\r\n").unwrap();

    assert_eq!(answer(stream).body, "ok\n");
    assert_eq!(serving.ended().code(), Some(0));
}
