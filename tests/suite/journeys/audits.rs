//! An audit as the program shows it: scope, seeded sample, questions pinned to events, findings.

use std::path::Path;

use ledger_core::id::Position;
use ledger_core::sample::draw;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use rusqlite::Connection;
use serde_json::{Value, json};

const SEED: &str = "監査-2024";

/// A ledger with a person and three consultations, and an audit of all of it.
async fn opened(engine: Engine) -> (Place, String, u64) {
    let place = Place::initialised(engine).await;
    let child = ["register-child", "--number", "C101", "--name", "見本　花子"];
    let born = [
        "--birth-date",
        "H29.4.25",
        "--area",
        "砧",
        "--occurred",
        "R3.8.5",
    ];
    place.record(&[&child[..], &born].concat()).await;
    for on in ["R3.8.6", "R3.8.9", "R3.8.10"] {
        let talk = [
            "consultation",
            "--children",
            "C101",
            "--consulter",
            "保護者",
        ];
        let how = [
            "--channel",
            "電話",
            "--topics",
            "就学",
            "--content",
            "吸引が不安。",
        ];
        place
            .record(&[&talk[..], &how, &["--occurred", on]].concat())
            .await;
    }
    let head = place.position().await;
    let to = head.to_string();
    let open = [
        "open-audit",
        "--occurred",
        "R4.10.3",
        "--from-position",
        "1",
    ];
    let what = ["--to-position", &to, "--scope", "相談の記録"];
    let audit = place.record(&[&open[..], &what].concat()).await;
    (place, audit, head)
}

/// Draws a sample of so many among the last positions up to a head, and records it.
async fn sampled(place: &Place, audit: &str, (from, to): (u64, u64), size: usize) -> Vec<Value> {
    let mut drawn = Vec::new();
    for position in draw(SEED, Position::new(from), Position::new(to), size) {
        let event = place.json(&["events", "show", &position.to_string()]).await;
        drawn.push(json!({"position": position, "event": event["id"]}));
    }
    let command = json!({
        "command": "draw-sample", "engagement": audit, "occurred": "2022-10-04",
        "method": "random", "seed": SEED, "from_position": from, "to_position": to, "drawn": drawn,
    });
    let file = place.folder().join("sample.json");
    std::fs::write(&file, command.to_string()).unwrap();
    let file: &Path = &file;
    place
        .record(&["draw-sample", "--file", file.to_str().unwrap()])
        .await;
    drawn
}

async fn an_audit_goes_from_its_sample_to_a_cleared_finding(engine: Engine) {
    let (place, audit, head) = opened(engine).await;
    let drawn = sampled(&place, &audit, (head - 3, head), 3).await;
    let event = drawn[0]["event"].as_str().unwrap();
    let on = format!("--engagement {audit} --occurred R4.10.5");
    let ask = format!("ask-audit-question {on} --event {event} --text 日が離れている理由は。");
    place.told(&ask).await;
    let card = place.json(&["audit", "1"]).await;
    assert_eq!(card["audit"]["open_questions"], 1);
    let question = &card["audit"]["questions"][0];
    assert_eq!(question["event"], event);
    assert_eq!(question["text"], Value::Null);
    let id = question["question"].as_str().unwrap();
    let reply = format!("give-audit-answer {on} --question {id} --text 訪問先で受けた。");
    place.told(&reply).await;
    let issue = format!("issue-audit-finding {on} --question {id} --severity 軽微");
    place.told(&format!("{issue} --text 翌日に。")).await;
    let known = place.position().await.to_string();
    let card = place.json(&["audit", "1"]).await;
    assert_eq!(card["audit"]["open_findings"], 1);
    let finding = card["audit"]["findings"][0]["finding"].as_str().unwrap();
    let clear = format!("clear-audit-finding {on} --finding {finding} --evidence {event}");
    place.told(&format!("{clear} --text 直した。")).await;

    let listed = place.json(&["audit"]).await;
    assert_eq!(listed["audits"][0]["open_questions"], 0);
    assert_eq!(listed["audits"][0]["open_findings"], 0);
    assert_eq!(listed["audits"][0]["to_position"], head);
    let text = place.run(&["audit", "1"]).await.done().out;
    for said in [SEED, "無作為抽出", "軽微", "解消", event, "封印"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("訪問先で受けた"), "{text}");
    let then = place.json(&["audit", "1", "--as-at", &known]).await;
    assert_eq!(then["audit"]["open_findings"], 1);
    let before = place.run(&["audit", "1", "--as-of", "R4.10.2"]).await;
    assert_eq!(before.code, 2, "it had not begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_goes_from_its_sample_to_a_cleared_finding_on_sqlite() {
    an_audit_goes_from_its_sample_to_a_cleared_finding(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_goes_from_its_sample_to_a_cleared_finding_on_postgres() {
    an_audit_goes_from_its_sample_to_a_cleared_finding(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_drawn_again_and_its_personal_text_opened_only_after_that_was_recorded() {
    let (place, audit, head) = opened(Engine::Sqlite).await;
    // The person's registration and consultations, and a setting without personal text.
    let drawn = sampled(&place, &audit, (head - 4, head), 5).await;
    let before = place.position().await;

    let shown = place.run(&["audit", "1", "--draw"]).await.done();
    assert!(
        shown.out.contains("一致") && shown.out.contains("就学"),
        "{}",
        shown.out
    );
    assert!(
        !shown.out.contains("吸引が不安") && !shown.out.contains("花子"),
        "{}",
        shown.out
    );
    let answer = place.json(&["audit", "1", "--draw"]).await;
    let events = answer["drawn"][0]["events"].as_array().unwrap();
    let ids: Vec<&Value> = events.iter().map(|one| &one["event"]["id"]).collect();
    let wanted: Vec<&Value> = drawn.iter().map(|one| &one["event"]).collect();
    assert_eq!(ids, wanted);
    assert_eq!(place.position().await, before, "nothing was opened");

    let open = place
        .run(&["audit", "1", "--draw", "--open"])
        .await
        .done()
        .out;

    assert!(
        open.contains("吸引が不安。") && open.contains("花子"),
        "{open}"
    );
    // The audit's own texts, and once those of the one person whose four events were drawn.
    let mut streams = Vec::new();
    for position in before + 1..=place.position().await {
        let looked = place.json(&["events", "show", &position.to_string()]).await;
        streams.push(looked["data"]["stream"].as_str().unwrap().to_owned());
    }
    assert_eq!(streams.len(), 2, "{streams:?}");
    assert_eq!(streams[0], format!("audit-{audit}"));
    assert!(streams[1].starts_with("child-"), "{streams:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_which_other_events_stand_at_the_positions_drawn_is_told() {
    let (place, audit, head) = opened(Engine::Sqlite).await;
    let drawn = sampled(&place, &audit, (head - 3, head), 2).await;
    let position = drawn[1]["position"].as_i64().unwrap();
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop_all: String = file.query_row(triggers, [], |row| row.get(0)).unwrap();
    file.execute_batch(&drop_all).unwrap();
    let change = "UPDATE events SET event_id = zeroblob(16) WHERE position = ?1";
    assert_eq!(file.execute(change, [position]).unwrap(), 1);
    drop(file);

    let told = place.run(&["audit", "1", "--draw", "--json"]).await;

    assert_eq!(told.code, 1, "{}", told.err);
    let events = told.json()["drawn"][0]["events"].clone();
    assert_eq!(
        (&events[0]["same"], &events[1]["same"]),
        (&true.into(), &false.into())
    );
    let text = place.run(&["audit", "1", "--draw"]).await;
    assert!(text.out.contains("不一致"), "{}", text.out);
    assert!(
        text.out.contains(drawn[1]["event"].as_str().unwrap()),
        "{}",
        text.out
    );
}
