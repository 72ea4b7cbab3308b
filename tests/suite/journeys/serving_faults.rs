//! What goes wrong around a serving program is told over HTTP and by `status`, and it goes on.

use std::net::TcpListener;
use std::sync::Arc;

use ledger_core::id::EventType;
use ledger_core::store::postgres::{Address, PostgresStore};
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{ExpectedRevision, Limits};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::server::Server;
use ledger_tests::serving::Serving;
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_told() {
    let place = Place::initialised(Engine::Sqlite).await;
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let line = ["serve", "--listen", &taken];

    let told = place.process(BINARY, &line).output().unwrap();
    let as_json = [&line[..], &["--json", "--lang", "en"]].concat();
    let json = place.process(BINARY, &as_json).output().unwrap();

    let text = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told.status.code(), Some(1), "{text}");
    assert!(text.contains(&taken) && text.contains("[ADDRESS_IN_USE]"));
    assert!(text.contains("ヒント: "), "{text}");
    let error: Value = serde_json::from_slice(&json.stderr).unwrap();
    assert_eq!(json.status.code(), Some(1), "{error}");
    assert_eq!(
        (&error["code"], &error["field"]),
        (&"ADDRESS_IN_USE".into(), &"--listen".into())
    );
    assert!(error["hint"].as_str().unwrap().contains("another port"));
    // Nothing was left behind.
    let status = place.json(&["status"]).await;
    assert_eq!(status["leases"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_is_told() {
    let place = Place::initialised(Engine::Sqlite).await;

    let told = place.run(&["serve", "--listen", "8080"]).await;

    assert_eq!(told.code, 64, "{told:?}");
    assert!(told.err.contains("--listen"), "{told:?}");
    assert!(told.err.contains("127.0.0.1:8080"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_makes_it_unready_until_it_is_back() {
    let server = Server::start_private();
    let place = Place::on(&server).await;
    let _made = place.run(&["init"]).await.done();
    let serving = Serving::start(&place, BINARY);
    let _ready = serving.until("/readyz", |response| response.status == 200);

    server.stop_immediately();

    let told = serving.until("/readyz", |response| response.status == 503);
    assert_eq!(told.body, "台帳が応答しません。\n");
    serving.until_metric("care_ledger_store_up", 0.0);
    assert_eq!(serving.get("/healthz").status, 200);

    server.start();

    let _ready = serving.until("/readyz", |response| response.status == 200);
    serving.until_metric("care_ledger_store_up", 1.0);
    serving.until_metric("care_ledger_writer_lease_held", 1.0);
    let child = "record register-child --number C101 --name 見本　花子 --occurred R3.8.5";
    let words: Vec<&str> = child.split(' ').collect();
    let _recorded = place.run(&words).await.done();
    let head = place.position().await.to_string().parse().unwrap();
    serving.until_metric(
        "care_ledger_projection_position{projection=\"facts\"}",
        head,
    );
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

/// The place's log, opened beside the program.
pub(super) async fn beside(place: &Place, engine: Engine) -> OpenStore {
    beside_at(place, engine, "2024-04-01T00:00:00Z").await
}

/// The same at a time, which lies behind the log's.
pub(crate) async fn beside_at(place: &Place, engine: Engine, time: &str) -> OpenStore {
    let clock = Arc::new(FixedClock::at(time));
    let limits = Limits::default();
    match engine {
        Engine::Sqlite => {
            let path = place.folder().join("centre.db");
            let (store, background) = SqliteStore::open(&path, clock, limits).unwrap();
            OpenStore::new(Arc::new(store), background)
        },
        Engine::Postgres => {
            let address: Address = place.options()[1].parse().unwrap();
            let opened = PostgresStore::open(address, clock, limits).await;
            let (store, background) = opened.unwrap();
            OpenStore::new(Arc::new(store), background)
        },
    }
}

async fn an_event_that_stops_the_projections_is_told_while_it_serves(engine: Engine) {
    let place = Place::initialised(engine).await;
    let serving = Serving::start(&place, BINARY);
    let _ready = serving.until("/readyz", |response| response.status == 200);
    let mut poison = event(b"[]");
    poison.event_type = EventType::new("child-registered").unwrap();
    let store = beside(&place, engine).await;

    let at = append(&*store, "child-x", ExpectedRevision::Any, vec![poison]).await;

    let told = serving.until("/readyz", |response| response.body.contains("止まって"));
    assert_eq!(told.status, 503);
    serving.until_metric("care_ledger_projection_stopped{projection=\"facts\"}", 1.0);
    let lag = serving.metric("care_ledger_projection_lag_events{projection=\"facts\"}");
    assert!(lag >= 1.0, "{lag}");
    let age = "care_ledger_projection_oldest_unapplied_age_seconds{projection=\"facts\"}";
    assert!(serving.metric(age) > 0.0);
    assert_eq!(serving.get("/healthz").status, 200);
    let status = place.json(&["status", "--lang", "en"]).await;
    let mut projections = status["projections"].as_array().unwrap().iter();
    let facts = projections.find(|one| one["name"] == "facts").unwrap();
    let fault = facts["fault"].as_str().unwrap();
    assert!(fault.starts_with(&format!("{}:", at.position)), "{facts}");
    assert_eq!(facts["lag"], 1, "{facts}");
    assert!(
        facts["hint"].as_str().unwrap().contains("verify"),
        "{facts}"
    );
    let text = place.run(&["status"]).await.done().out;
    assert!(text.contains("care-ledger verify"), "{text}");
    assert!(text.contains("使用権 writer: "), "{text}");
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_stops_the_projections_is_told_while_it_serves_on_sqlite() {
    an_event_that_stops_the_projections_is_told_while_it_serves(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_stops_the_projections_is_told_while_it_serves_on_postgres() {
    an_event_that_stops_the_projections_is_told_while_it_serves(Engine::Postgres).await;
}
