//! The events themselves: a list by what it is asked for, and one with its text, which is recorded.

use std::time::Duration;

use ledger_core::id::EventType;
use ledger_core::store::ExpectedRevision;
use ledger_tests::conformance::{append, event};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

use super::serving_faults::beside;

/// A ledger made on 1 April 2024, with C101 registered on the 2nd by `a` and the 3rd by `b` a facility.
async fn place() -> Place {
    let place = Place::initialised(Engine::Sqlite).await;
    let day = Duration::from_hours(24);
    let child = [
        "record",
        "register-child",
        "--number",
        "C101",
        "--name",
        "見本　花子",
        "--occurred",
        "R3.8.5",
    ];
    let facility = [
        "record",
        "register-facility",
        "--number",
        "X01",
        "--name",
        "見本園",
        "--kind",
        "保育園",
        "--area",
        "砧",
        "--occurred",
        "R3.8.5",
    ];
    place.clock.advance(day);
    run_as(&place, "staff-a", &child).await;
    place.clock.advance(day);
    run_as(&place, "staff-b", &facility).await;
    place
}

async fn run_as(place: &Place, actor: &str, line: &[&str]) {
    let options = place.options_with("--actor", actor);
    let line = line.iter().map(|&word| word.to_owned()).chain(options);
    let line: Vec<String> = line.collect();
    let _done = place.run_exactly(&line).await.done();
}

/// The types of the events that a list shows, in its order.
async fn types(place: &Place, more: &[&str]) -> Vec<String> {
    let line = [&["events", "list", "--json", "--limit", "1000"], more].concat();
    let out = place.run(&line).await.done().out;
    let events = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_what_fits_all_that_is_asked() {
    let place = place().await;
    let all = types(&place, &[]).await;
    let settings = all.len() - 2;
    let (child, facility) = ("child-registered", "facility-registered");

    assert_eq!(&all[settings..], [child, facility]);
    assert_eq!(types(&place, &["--type", child]).await, [child]);
    assert_eq!(
        types(&place, &["--type", child, "--type", facility]).await,
        [child, facility]
    );
    assert_eq!(types(&place, &["--by", "staff-b"]).await, [facility]);
    assert_eq!(types(&place, &["--by", "staff-c"]).await, [""; 0]);
    assert_eq!(types(&place, &["--stream", "facility-"]).await, [facility]);
    let of_stream = async |prefix| types(&place, &["--stream", prefix]).await.len();
    assert_eq!(
        of_stream("programme").await + of_stream("fiscal-").await,
        settings
    );
    assert!(of_stream("fiscal-").await > 0);
    assert_eq!(
        types(&place, &["--since", "R6.4.2"]).await,
        [child, facility]
    );
    assert_eq!(
        types(&place, &["--since", "2024-04-02", "--until", "2024-04-02"]).await,
        [child]
    );
    assert_eq!(types(&place, &["--until", "R6.4.1"]).await.len(), settings);
    assert_eq!(
        types(&place, &["--since", "R6.4.2", "--by", "staff-b"]).await,
        [facility]
    );
    assert_eq!(
        types(
            &place,
            &["--newest-first", "--type", child, "--type", facility]
        )
        .await,
        [facility, child]
    );
    let from = (settings + 2).to_string();
    assert_eq!(types(&place, &["--from", &from]).await, [facility]);
    let line = ["events", "list", "--json", "--limit", "3"];
    assert_eq!(place.run(&line).await.done().out.lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_is_shown_without_its_text_and_nothing_is_recorded() {
    let place = place().await;
    let position = types(&place, &[]).await.len() - 1;
    let list = place
        .run(&["events", "list", "--type", "child-registered"])
        .await
        .done()
        .out;
    assert!(!list.contains("花子"), "{list}");

    let text = place
        .run(&["events", "show", &position.to_string()])
        .await
        .done()
        .out;
    let json = place
        .run(&["events", "show", &position.to_string(), "--json"])
        .await
        .done()
        .json();
    let by_id = place
        .run(&["events", "show", json["id"].as_str().unwrap(), "--json"])
        .await;

    assert!(
        text.contains("封印されています") && !text.contains("花子"),
        "{text}"
    );
    assert_eq!(
        (&json["sealed"], &json["opened"]),
        (&true.into(), &Value::Null)
    );
    assert_eq!(by_id.done().json(), json);
    assert_eq!(types(&place, &["--stream", "access-"]).await.len(), 0);
    let nothing = place.run(&["events", "show", "9999"]).await;
    assert!(
        nothing.code == 2 && nothing.err.contains("[UNKNOWN_EVENT]"),
        "{nothing:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_an_events_text_is_recorded_before_it_is_shown() {
    let place = place().await;
    let head = types(&place, &[]).await.len();
    let position = (head - 1).to_string();

    let opened = place
        .run(&["events", "show", &position, "--open", "--json"])
        .await
        .done()
        .json();

    assert_eq!(opened["opened"]["name"], "見本 花子");
    let (access, after) = ((head + 1).to_string(), types(&place, &[]).await.len());
    assert_eq!(after, head + 1, "one event more");
    let looked = place
        .run(&["events", "show", &access, "--json"])
        .await
        .done()
        .json();
    assert_eq!(looked["type"], "personal-text-opened");
    assert_eq!(
        (&looked["data"]["stream"], &looked["data"]["purpose"]),
        (&opened["stream"], &"event".into())
    );
    assert_eq!(looked["metadata"]["actor"], "test:mihon");
}

/// Who cannot be written down as having looked sees nothing.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_event_there_is_no_text() {
    let place = place().await;
    let position = (types(&place, &[]).await.len() - 1).to_string();
    let file = rusqlite::Connection::open(place.folder().join("centre.db")).unwrap();
    let break_it =
        "CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk'); END";
    file.execute_batch(break_it).unwrap();

    for line in [
        &["events", "show", &position, "--open"][..],
        &["timeline", "C101"],
    ] {
        let refused = place.run(line).await;
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(!refused.out.contains("花子") && !refused.err.contains("花子"));
    }
}

/// What `events count` says of one kind: how many, and where the newest stands.
async fn counted(place: &Place, by: &str, name: &str) -> (u64, u64) {
    let out = place.run(&["events", "count", "--json"]).await.done().out;
    let mut kinds = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found = kinds.find(|kind| kind["by"] == by && kind["name"] == name);
    found.map_or((0, 0), |kind| {
        let newest = kind["newest"].to_string();
        let newest = newest.trim_matches('"').parse().unwrap();
        (kind["events"].as_u64().unwrap(), newest)
    })
}

async fn kinds_are_counted(engine: Engine) {
    let place = Place::initialised(engine).await;
    let settings = counted(&place, "type", "opening-hours-set").await;
    assert!(
        settings.0 >= 1 && settings.1 <= place.position().await,
        "{settings:?}"
    );
    assert_eq!(counted(&place, "category", "child").await, (0, 0));
    let store = beside(&place, engine).await;
    // An event that cannot be understood stops the figures, and not the counting.
    let mut poison = event(b"[]");
    poison.event_type = EventType::new("child-registered").unwrap();
    let at = append(&*store, "child-x", ExpectedRevision::Any, vec![poison]).await;

    let figures = place.run(&["figures", "--fiscal-year", "2021"]).await;
    assert!(figures.err.contains("[POISONED]"), "{}", figures.err);
    let at = at.position.get();
    assert_eq!(counted(&place, "category", "child").await, (1, at));
    assert_eq!(counted(&place, "type", "child-registered").await, (1, at));
    let text = place.run(&["events", "count"]).await.done().out;
    assert!(text.contains("分類  対象者（child）"), "{text}");
    let listed = ["events", "list", "--category", "child", "--json"];
    assert_eq!(place.run(&listed).await.done().out.lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_counted_also_behind_an_event_that_stops_the_figures_on_sqlite() {
    kinds_are_counted(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_counted_also_behind_an_event_that_stops_the_figures_on_postgres() {
    kinds_are_counted(Engine::Postgres).await;
}
