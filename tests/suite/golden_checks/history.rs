//! Checks 10 and 12: what was reported stays, and what was tampered with is found.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Centre, about, consultation, count, position};

pub(super) async fn check_10_a_date_moved_across_the_year_leaves_the_old_report_as_it_was(
    engine: Engine,
) {
    let mut centre = Centre::with_child(engine).await;
    let recorded = centre.did(consultation("C001", "2022-03-31")).await;
    let target = format!("#{}", position(&recorded));
    let at = meeting(&centre).await;
    let shown = pack(&centre, &at).await;
    let stream = recorded["streams"][0]["stream"].clone();
    let mut correction = json!({"command": "correct-event", "target": target,
        "occurred": "2022-04-01", "stream": stream, "reason": "wrong-date"});
    let refused = centre.refused(correction.clone()).await;
    assert_eq!(refused, ("FROZEN_FIGURE".to_owned(), "approval".to_owned()));
    approve(&mut centre, &stream).await;
    correction["approval"] = APPROVAL.into();
    let before = centre.head().await;

    let corrected = centre.did(correction).await;

    let contacts = async |year: &str, more: &[&str]| {
        let figure = centre.figure("consultations", year, more).await;
        let figure = figure.as_u64().unwrap();
        let indicator = centre.indicator("A-1", year, more).await["value"].take();
        assert_eq!(indicator, count(figure));
        figure
    };
    assert_eq!(contacts("2021", &[]).await, 0);
    assert_eq!(contacts("2022", &[]).await, 1);
    let as_at = ["--as-at", at.as_str()];
    assert_eq!(contacts("2021", &as_at).await, 1);
    assert_eq!(contacts("2022", &as_at).await, 0);
    let again = pack(&centre, &at).await;
    assert_eq!(
        again, shown,
        "what the committee was shown, with its digest"
    );
    let causes = [(position(&corrected), "corrected".to_owned())];
    for year in ["2021", "2022"] {
        assert_eq!(centre.causes("A-1", year, before).await, causes, "{year}");
    }
}

/// Two people agree that what a meeting was shown is corrected.
async fn approve(centre: &mut Centre, stream: &Value) {
    let account = json!({"command": "open-account", "name": "test:other", "role": "manager",
        "occurred": "2024-03-30"});
    centre.did(account).await;
    centre
        .did(
            json!({"command": "request-approval", "approval": APPROVAL, "act": "frozen-figure",
            "occurred": "2024-03-30", "stream": stream, "reason": "日付の誤り。"}),
        )
        .await;
    centre.act_as("test:other");
    centre
        .did(json!({"command": "grant-approval", "approval": APPROVAL, "occurred": "2024-03-31"}))
        .await;
    centre.act_as("test:mihon");
}

const APPROVAL: &str = "019a0000-0000-7000-8000-000000000003";

/// A meeting whose figures are frozen; the position at which they are.
async fn meeting(centre: &Centre) -> String {
    centre
        .did(
            json!({"command": "convene-meeting", "meeting": MEETING, "occurred": "2022-04-28",
            "nth": 2, "planned_on": "2022-05-19", "agenda": ["令和3年度の実施状況"]}),
        )
        .await;
    let then = centre.head().await;
    let shown = pack(centre, &then.to_string()).await;
    centre
        .did(
            json!({"command": "freeze-materials", "meeting": MEETING, "occurred": "2022-05-12",
            "fiscal_year": 2021, "on_day": "2022-03-31", "as_at": then, "head": then,
            "digest": shown["digest"]}),
        )
        .await;
    then.to_string()
}

async fn pack(centre: &Centre, at: &str) -> Value {
    let line = ["pack", "--fiscal-year", "2021", "--as-at", at];
    centre.ask(&line).await
}

const MEETING: &str = "019a0000-0000-7000-8000-000000000002";

/// A centre with the sample registers, a plan, a correction and an annulment.
async fn busy(engine: Engine) -> Centre {
    let place = Place::with_samples(engine).await;
    let centre = Centre {
        place,
        actor: "test:mihon",
    };
    let first = centre.did(consultation("C001", "2024-03-27T14:10")).await;
    let second = centre.did(consultation("C001", "2024-03-28")).await;
    let act = |name: &str, receipt: &Value, reason: &str| {
        json!({"command": name, "stream": receipt["streams"][0]["stream"], "reason": reason,
            "target": format!("#{}", position(receipt))})
    };
    let mut moved = act("correct-event", &first, "wrong-date");
    moved["occurred"] = "2024-03-26".into();
    centre.did(moved).await;
    centre.did(act("annul-event", &second, "duplicate")).await;
    centre
}

/// Every report as the program writes it; timelines last, since looking at one is an event.
async fn reports(centre: &Centre) -> Vec<String> {
    let mut all = Vec::new();
    for year in ["2021", "2022", "2023"] {
        for view in ["figures", "indicators"] {
            let line = [view, "--fiscal-year", year, "--json"];
            all.push(centre.run(&line).await.done().out);
        }
        let list = [
            "indicators",
            "--fiscal-year",
            year,
            "--list",
            "--json",
            "--as-at",
            "1000",
        ];
        all.push(centre.run(&list).await.done().out);
        let cross = ["cross", "area", "age", "--fiscal-year", year, "--json"];
        all.push(centre.run(&cross).await.done().out);
    }
    for on in ["2022-03-31", "2024-04-01"] {
        all.push(
            centre
                .run(&["figures", "--on", on, "--json"])
                .await
                .done()
                .out,
        );
        all.push(
            centre
                .run(&["work-list", "--on", on, "--json"])
                .await
                .done()
                .out,
        );
    }
    all
}

async fn timelines(centre: &Centre) -> Vec<String> {
    let mut all = Vec::new();
    for child in ["C001", "C002", "C003"] {
        all.push(centre.run(&["timeline", child, "--json"]).await.done().out);
    }
    all
}

/// Lets somebody with the database in hand change it.
async fn tamper(place: &Place, sql: &str) {
    if let Some(database) = place.database() {
        let sql = format!(
            "SET search_path = {}; ALTER TABLE events DISABLE TRIGGER ALL; {sql}",
            database.name()
        );
        database.connect().await.batch_execute(&sql).await.unwrap();
        return;
    }
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop: Option<String> = file.query_row(triggers, [], |row| row.get(0)).unwrap();
    file.execute_batch(&drop.unwrap_or_default()).unwrap();
    file.execute_batch(sql).unwrap();
}

pub(super) async fn check_12_projections_are_made_again_alike_and_tampering_is_found(
    engine: Engine,
) {
    let centre = busy(engine).await;
    let looked = timelines(&centre).await;
    let before = reports(&centre).await;

    let _made = centre.run(&["rebuild"]).await.done();

    assert_eq!(reports(&centre).await, before, "byte for byte");
    assert_eq!(timelines(&centre).await, looked);
    let clean = centre.ask(&["verify"]).await;
    assert_eq!(clean["clean"], true);

    newest_event_is_missed(&centre).await;
    flipped_byte_is_named(&centre).await;
}

/// Deletes the newest event with the head put back, which the head in the minutes tells.
async fn newest_event_is_missed(centre: &Centre) {
    let place = &centre.place;
    tamper(place, "CREATE TABLE before AS SELECT * FROM head").await;
    centre
        .did(about(
            "record-birth-detail",
            "2024-03-30",
            json!({"weight_grams": 830}),
        ))
        .await;
    let minutes = centre.ask(&["verify"]).await["head"].take();
    let minutes = minutes.as_str().unwrap();
    let _clean = centre.run(&["verify", "--since", minutes]).await.done();

    let restored = "DELETE FROM events WHERE position = (SELECT max(position) FROM events); \
        UPDATE head SET position = (SELECT position FROM before), \
        frontier = (SELECT frontier FROM before); DROP TABLE before";
    tamper(place, restored).await;

    let missed = centre.run(&["verify", "--since", minutes, "--json"]).await;
    assert_eq!(missed.code, 1, "{missed:?}");
    assert_eq!(missed.json()["fault"]["code"], "NOT_A_PREFIX", "{missed:?}");
}

/// Flips one byte, which is reported with the position of its event.
async fn flipped_byte_is_named(centre: &Centre) {
    let place = &centre.place;
    let flip = if place.database().is_some() {
        "UPDATE events SET data = set_byte(data, 0, get_byte(data, 0) # 1) WHERE position = 500"
    } else {
        "UPDATE events SET data = CAST(char(unicode(CAST(data AS TEXT)) + 1) || \
         substr(CAST(data AS TEXT), 2) AS BLOB) WHERE position = 500"
    };
    tamper(place, flip).await;

    let found = centre.run(&["verify", "--json"]).await;
    assert_eq!(found.code, 1, "{found:?}");
    assert_eq!(found.json()["fault"]["code"], "ALTERED");
    assert_eq!(found.json()["fault"]["position"], 500);
}
