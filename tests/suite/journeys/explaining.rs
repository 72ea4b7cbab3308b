//! The committee asks why a number is what it is and why it changed, by position and by time.

use std::time::Duration;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

/// The value of a figure as a number; of one by months their sum.
fn number(value: &Value) -> i64 {
    let months = value.as_object().map(|months| months.values());
    let months = months.map(|counts| counts.map(|count| count.as_i64().unwrap()).sum());
    months.unwrap_or_else(|| value.as_i64().unwrap())
}

/// The ids of everybody in the ledger.
async fn children(place: &Place) -> Vec<String> {
    let list = ["events", "list", "--type", "child-registered"];
    let line = [&list[..], &["--json", "--limit", "10000"]].concat();
    let out = place.run(&line).await.done().out;
    let children = out.lines().map(|line| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["data"]["child"].as_str().unwrap().to_owned()
    });
    children.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_of_the_figures_is_explained_by_a_list_of_its_own_and_by_what_changed_it() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let children = children(&place).await;
    assert!(children.len() > 50);
    let head = place.position().await;
    let (head, half) = (head.to_string(), (head / 2).to_string());
    let year = ["--fiscal-year", "2022"];
    let rules = ["figures", "--fiscal-year", "2022", "--explain"];
    let year_figures = place.json(&rules).await;
    let of_year = year_figures["rules"].clone();
    let of_day = ["figures", "--on", "2023-03-31", "--explain"];
    let day_figures = place.json(&of_day).await;
    let of_day = day_figures["rules"].clone();
    let keys = of_year.as_object().unwrap().keys();
    let keys: Vec<&String> = keys.chain(of_day.as_object().unwrap().keys()).collect();
    assert_eq!(keys.len(), 24);
    let mut moved = 0;

    for key in keys {
        let explain = [&["explain", key.as_str()], &year[..]].concat();
        let since = [&explain[..], &["--since", &half, "--json"]].concat();
        let now = place.run(&since).await.done();
        let then = place
            .json(&[&explain[..], &["--as-at", &half]].concat())
            .await;
        for child in &children {
            assert!(!now.out.contains(child), "{key} names a person");
        }
        let now = now.json();
        for (answer, at) in [(&now, &head), (&then, &half)] {
            let figure = &answer["figure"];
            let counted = figure["list"]["value"]["count"].as_i64().unwrap();
            assert_eq!(number(&figure["value"]), counted, "{key} at {at}");
            assert_eq!(answer["as_at"].to_string(), *at);
        }
        // The same number is counted from the kinds of facts that figures read as from all of them.
        let exported = [&year_figures[key.as_str()], &day_figures[key.as_str()]];
        let exported = exported.into_iter().find(|value| !value.is_null()).unwrap();
        assert_eq!(now["figure"]["value"], *exported, "{key}");
        let values = [&then, &now].map(|answer| number(&answer["figure"]["value"]));
        let change = &now["change"];
        if values[0] == values[1] {
            continue;
        }
        moved += 1;
        let told = ["before", "after"].map(|side| change[side]["count"].as_i64().unwrap());
        assert_eq!(told, values, "{key}");
        let causes = change["causes"].as_array().unwrap();
        assert!(!causes.is_empty(), "{key}");
        for cause in causes {
            let position = cause["position"].as_u64().unwrap();
            assert!(position > half.parse().unwrap(), "{key}: {cause}");
        }
    }
    assert!(moved > 5, "{moved} figures changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_for_the_committee_name_nobody() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let children = children(&place).await;
    let half = (place.position().await / 2).to_string();
    let lines: [&[&str]; 4] = [
        &["indicators", "--list", "--json"],
        &["indicators", "--list"],
        &["changes", "--from", &half, "--json"],
        &["explain", "A-2", "--since", &half, "--json"],
    ];

    for line in lines {
        let line = [line, &["--fiscal-year", "2022"]].concat();
        let out = place.run(&line).await.done().out;
        for child in &children {
            assert!(!out.contains(child), "{line:?} names {child}");
        }
    }
}

const TALK: [&str; 9] = [
    "consultation",
    "--children",
    "C101",
    "--consulter",
    "保護者",
    "--channel",
    "電話",
    "--topics",
    "就学",
];

/// One person and two consultations recorded a minute apart; the position of each.
async fn talked(engine: Engine) -> (Place, [u64; 2]) {
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
    let mut positions = [0; 2];
    for (position, on) in positions.iter_mut().zip(["R3.8.6", "R3.9.7"]) {
        place.clock.advance(Duration::from_mins(1));
        place
            .record(&[&TALK[..], &["--occurred", on]].concat())
            .await;
        *position = place.position().await;
    }
    (place, positions)
}

async fn a_time_of_recording_says_the_same_as_its_position(engine: Engine) {
    let (place, [first, second]) = talked(engine).await;
    let first = first.to_string();
    // The first consultation was recorded a minute behind the kit's clock.
    let time = "2024-04-01T09:01:00+09:00";
    let year = ["--fiscal-year", "2021"];
    let views: [&[&str]; 5] = [
        &["indicators", "A-1"],
        &["explain", "A-1"],
        &["explain", "consultations"],
        &["pack"],
        &["cross", "area", "age"],
    ];
    for view in views {
        let asked = |at: &str| -> Vec<String> {
            let words = view.iter().chain(&year).map(|word| (*word).to_owned());
            words.chain(["--as-at".to_owned(), at.to_owned()]).collect()
        };
        let answer = async |at: &str| {
            let line = asked(at);
            let line: Vec<&str> = line.iter().map(String::as_str).collect();
            place.json(&line).await
        };
        let by_position = answer(&first).await;
        assert_eq!(by_position, answer(time).await, "{view:?}");
        assert_ne!(by_position, answer(&second.to_string()).await, "{view:?}");
        let beyond = asked("999999");
        let beyond: Vec<&str> = beyond.iter().map(String::as_str).collect();
        let refused = place.run(&beyond).await;
        assert_eq!(refused.code, 64, "{view:?}");
        assert!(refused.err.contains("NO_SUCH_POSITION"), "{}", refused.err);
    }
    changes_since_a_time_are_those_since_its_position(&place, [&first, time], second).await;
}

async fn changes_since_a_time_are_those_since_its_position(
    place: &Place,
    [first, time]: [&str; 2],
    second: u64,
) {
    let year = ["--fiscal-year", "2021"];
    let answer = async |from: &str| {
        let line = [&["changes"], &year[..], &["--from", from]].concat();
        place.json(&line).await
    };
    let changes = answer(first).await;
    assert_eq!(changes, answer(time).await);
    let contacts = &changes["changes"][0];
    assert_eq!(contacts["indicator"], "A-1");
    assert_eq!(contacts["causes"][0]["position"], second);
    let since = [
        "explain",
        "consultations",
        "--fiscal-year",
        "2021",
        "--since",
        time,
    ];
    let why = place.json(&since).await;
    assert_eq!(why["since"].to_string(), *first);
    assert_eq!(why["change"]["causes"][0]["position"], second);
    let text = place.run(&since).await.done().out;
    for said in [
        "consultations  2",
        "CR-延べ-1",
        "区の資料による",
        "1件 → 2件",
        "後から記録",
        "関わる指標: A-1",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_recording_says_the_same_as_its_position_on_sqlite() {
    a_time_of_recording_says_the_same_as_its_position(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_recording_says_the_same_as_its_position_on_postgres() {
    a_time_of_recording_says_the_same_as_its_position(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn indicators_leave_out_what_occurred_later_and_say_how_far_they_are_in_words() {
    let (place, _) = talked(Engine::Sqlite).await;
    let count = async |as_of: &str| {
        let line = [
            "indicators",
            "A-1",
            "--fiscal-year",
            "2021",
            "--as-of",
            as_of,
        ];
        place.json(&line).await["indicators"][0]["value"]["count"].clone()
    };

    assert_eq!(count("R3.8.5").await, 0);
    assert_eq!(count("R3.8.6").await, 1);
    assert_eq!(count("R3.9.7").await, 2);
    let line = ["indicators", "A-1", "--fiscal-year", "2021"];
    let text = place.run(&line).await.done().out;
    assert!(
        text.contains("達成率0％、未達（70％未満とした場合）"),
        "{text}"
    );
    assert!(
        text.contains("達成（90％以上）・概ね達成（70〜89％）・未達（70％未満）"),
        "{text}"
    );
    let english = place.run(&[&line[..], &["--lang", "en"]].concat()).await;
    assert!(english.out.contains("0 %, not reached"), "{}", english.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_halves_of_a_moved_event_are_called_moved() {
    let (place, [first, _]) = talked(Engine::Sqlite).await;
    let other = "register-child --number C102 --name 見本次郎 --birth-date H30.5.1 --area 砧";
    place.told(&format!("{other} --occurred R3.8.5")).await;
    let before = place.position().await.to_string();
    let moved = format!("reassign-event --child C101 --target #{first} --to C102");
    place.told(&format!("{moved} --reason wrong-person")).await;

    let line = ["changes", "--from", &before, "--fiscal-year", "2021"];
    let text = place.run(&line).await.done().out;

    let persons = text.lines().skip_while(|line| !line.contains("A-2"));
    let causes: Vec<&str> = persons
        .skip(1)
        .take_while(|line| line.contains('#'))
        .collect();
    assert!(!causes.is_empty(), "{text}");
    for cause in causes {
        assert!(cause.ends_with("付替え"), "{text}");
    }
    assert!(!text.contains("後から記録"), "{text}");
    let changes = place.json(&line).await;
    for change in changes["changes"].as_array().unwrap() {
        assert_ne!(change["part"], "breakdown", "{change}");
    }
}
