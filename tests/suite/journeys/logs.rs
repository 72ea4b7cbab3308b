//! What the program logs: every call with its time, and nothing personal or secret even at `trace`.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

/// Lines of somebody's day, and the spans that each must have ended.
const DAY: [(&str, &[&str]); 5] = [
    (
        "record register-child --number C101 --name 見本　花子 --kana ミホン　ハナコ \
         --birth-date 2019-10-15 --occurred R3.8.5",
        &[
            "cli.command",
            "ledger.execute",
            "store.append",
            "store.read_stream",
            "projections.rebuild",
        ],
    ),
    (
        "record consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 \
         --content 夜間の吸引が不安。 --occurred R3.8.6",
        &["cli.command", "ledger.execute", "store.append"],
    ),
    (
        "record change-profile --child C101 --field address --new 世田谷区見本1-2-3 \
         --occurred R3.8.6",
        &["cli.command", "ledger.execute", "store.append"],
    ),
    (
        "timeline C101",
        &["cli.command", "store.append", "store.read_stream"],
    ),
    (
        "figures --fiscal-year 2021",
        &["cli.command", "projections.catch_up", "store.read_all"],
    ),
];

/// What no log may hold, beside the key and the password.
const PERSONAL: [&str; 6] = ["花子", "ハナコ", "2019-10-15", "見本1-2-3", "吸引", "夜間"];

/// Runs the program at `trace` and answers what it logged.
fn logged(place: &Place, line: &str) -> String {
    let arguments: Vec<&str> = line.split(' ').collect();
    let output = place
        .process(BINARY, &arguments)
        .env("CARE_LEDGER_LOG", "trace,tokio_postgres::query=trace")
        .env("CARE_LEDGER_LOG_FORMAT", "json")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{line}: {text}");
    text
}

/// The spans that ended, as the log's lines of JSON tell them.
fn ended(log: &str) -> Vec<Value> {
    let lines = log.lines().filter(|line| line.starts_with('{'));
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ended = lines.filter(|line| line["fields"]["message"] == "close");
    ended.map(|line| line["span"].clone()).collect()
}

/// What gives access to a place's ledger.
fn secrets(place: &Place) -> Vec<String> {
    let kek = std::fs::read_to_string(place.folder().join("centre.kek")).unwrap();
    let store = place.options()[1].clone();
    let login = store
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('@'));
    let password = login.and_then(|(login, _)| login.split_once(':'));
    let password = password.map(|(_, password)| password.to_owned());
    kek.lines()
        .nth(2)
        .map(str::to_owned)
        .into_iter()
        .chain(password)
        .collect()
}

async fn a_log_shows_every_call_and_nothing_personal(engine: Engine) {
    let place = Place::initialised(engine).await;
    let secrets = secrets(&place);
    assert!(!secrets.is_empty());
    for (line, wanted) in DAY {
        let log = logged(&place, line);

        let spans = ended(&log);
        for name in wanted {
            assert!(
                spans.iter().any(|span| span["name"] == *name),
                "{name}: {spans:#?}"
            );
        }
        for secret in PERSONAL
            .into_iter()
            .chain(secrets.iter().map(String::as_str))
        {
            assert!(!log.contains(secret), "{line}: a secret stands in the log");
        }
        // What the driver says of its statements holds their parameters.
        assert!(!log.contains("with parameters"), "{line}");
        if line.starts_with("record") {
            assert_told(
                spans
                    .iter()
                    .find(|span| span["name"] == "store.append")
                    .unwrap(),
            );
        }
    }
}

/// A span of an append says where, how many events, how it ended and how long it took.
fn assert_told(span: &Value) {
    assert_eq!(span["event.count"], 1, "{span}");
    assert_eq!(span["outcome"], "ok", "{span}");
    assert!(
        span["stream.id"].as_str().unwrap().starts_with("child-"),
        "{span}"
    );
    assert!(span["duration_ms"].as_f64().unwrap() > 0.0, "{span}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_shows_every_call_and_nothing_personal_on_sqlite() {
    a_log_shows_every_call_and_nothing_personal(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_shows_every_call_and_nothing_personal_on_postgres() {
    a_log_shows_every_call_and_nothing_personal(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_logged_unless_it_is_asked_for() {
    let place = Place::initialised(Engine::Sqlite).await;

    let output = place.process(BINARY, &["status"]).output().unwrap();

    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
