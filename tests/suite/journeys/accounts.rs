//! Who gives the name of an account at the command line sees and does what that account may.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use serde_json::Value;

async fn run_as(place: &Place, actor: &str, line: &str) -> Answer {
    let words = line.split(' ').map(str::to_owned);
    let options = place.options_with("--actor", actor);
    place
        .run_exactly(&words.chain(options).collect::<Vec<_>>())
        .await
}

async fn refused(place: &Place, actor: &str, line: &str) -> Value {
    let answer = run_as(place, actor, &format!("{line} --json")).await;
    assert_eq!(answer.code, 2, "{actor} {line}: {}", answer.out);
    let last = answer.err.lines().last().unwrap();
    serde_json::from_str(last).unwrap()
}

/// The sample ledgers, and an account of each role.
async fn with_accounts(engine: Engine) -> Place {
    let place = Place::with_samples(engine).await;
    for (name, role) in [
        ("st-1", "staff"),
        ("ma-1", "manager"),
        ("au-1", "auditor"),
        ("co-1", "committee"),
        ("ad-1", "admin"),
    ] {
        let open = format!("open-account --name {name} --role {role} --occurred 2021-07-26");
        place.told(&open).await;
    }
    place
}

/// Freezes the figures of fiscal year 2021 for a meeting; the position at which they stand.
async fn freeze(place: &Place) -> u64 {
    let meeting =
        "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19 --agenda 実施状況";
    let meeting = place.told(meeting).await;
    let pack = place.json(&["pack", "--fiscal-year", "2021"]).await;
    let at = pack["pack"]["as_at"].as_u64().unwrap();
    let digest = pack["digest"].as_str().unwrap();
    let freeze = format!(
        "freeze-materials --meeting {meeting} --occurred R4.5.12 --fiscal-year 2021 \
         --on-day 2022-03-31 --as-at {at} --head {at} --digest {digest}"
    );
    place.told(&freeze).await;
    at
}

async fn each_account_does_what_its_role_may(engine: Engine) {
    let place = with_accounts(engine).await;

    for (actor, line) in [
        ("co-1", "events list"),
        ("co-1", "work-list"),
        ("ad-1", "figures --fiscal-year 2021"),
        (
            "st-1",
            "record open-account --name st-9 --role staff --occurred 2021-07-26",
        ),
        (
            "au-1",
            "record close-case --child C001 --occurred 2024-04-01 --reason moved",
        ),
    ] {
        let refused = refused(&place, actor, line).await;
        assert_eq!(refused["code"], "NO_PERMISSION", "{actor} {line}");
        assert_eq!(refused["field"], "role", "{actor} {line}");
    }
    for (actor, line) in [
        ("co-1", "figures --fiscal-year 2021"),
        ("au-1", "events list"),
        ("st-1", "work-list"),
        ("ma-1", "timeline C001"),
    ] {
        let _answer = run_as(&place, actor, line).await.done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_account_does_what_its_role_may_on_sqlite() {
    each_account_does_what_its_role_may(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_account_does_what_its_role_may_on_postgres() {
    each_account_does_what_its_role_may(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_open_a_timeline_when_they_are_in_charge_or_say_why() {
    let place = with_accounts(Engine::Sqlite).await;
    let head = place.position().await;

    let refused = refused(&place, "st-1", "timeline C001").await;

    assert_eq!(refused["code"], "NO_PERMISSION");
    assert_eq!(refused["field"], "assignment");
    assert!(refused["hint"].as_str().unwrap().contains("緊急閲覧"));
    assert_eq!(place.position().await, head, "nothing was opened");
    let emergency = "record take-emergency-access --child C001 --reason 災害時の安否確認";
    let _answer = run_as(&place, "st-1", emergency).await.done();
    let _answer = run_as(&place, "st-1", "timeline C001").await.done();
    assert_eq!(
        place.position().await,
        head + 2,
        "the reason and the opening"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_crosses_persons_only_as_a_meeting_was_shown_them() {
    let place = with_accounts(Engine::Sqlite).await;
    let cross = "cross area age --fiscal-year 2021";
    let nothing = refused(&place, "co-1", cross).await;
    assert_eq!(nothing["code"], "NOTHING_FROZEN");

    let at = freeze(&place).await;
    let talk = "consultation --children C001 --consulter 保護者 --channel 電話 --topics 就学 \
        --occurred 2022-03-30T10:00";
    place.told(talk).await;

    for more in ["", " --on 2022-01-31"] {
        let line = format!("{cross}{more} --json");
        let shown = run_as(&place, "co-1", &line).await.done().json();
        assert_eq!(shown["as_at"].as_u64(), Some(at));
        assert_eq!(shown["on"], "2022-03-31");
        let totals =
            ["row_totals", "column_totals"].map(|of| shown["table"][of].as_array().unwrap());
        let mut totals = totals.into_iter().flatten().filter_map(Value::as_i64);
        assert!(!totals.any(|total| (1..5).contains(&total)), "{shown}");
    }
    let before = format!("{cross} --as-at {}", at - 1);
    assert_eq!(
        refused(&place, "co-1", &before).await["code"],
        "NOTHING_FROZEN"
    );
    let newest = run_as(&place, "au-1", &format!("{cross} --json")).await;
    assert!(newest.done().json()["as_at"].as_u64() > Some(at));
}

/// Whether a value says something of 1 to 4.
fn is_few(value: &Value) -> bool {
    let number = |name: &str| value[name].as_i64();
    let left = number("of").zip(number("hits")).map(|(of, hits)| of - hits);
    let all = [number("count"), number("hits"), number("of"), left];
    all.into_iter()
        .flatten()
        .any(|count| (1..5).contains(&count))
}

/// Whether a row of a figure's breakdown does.
fn tells_of_few(figure: &Value) -> bool {
    let lines = figure["lines"].as_array().unwrap();
    lines.iter().any(|line| is_few(&line["value"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_sees_breakdowns_of_five_and_more_as_a_meeting_was_shown_them_and_no_events()
{
    let place = with_accounts(Engine::Sqlite).await;
    let at = freeze(&place).await;
    let shown = async |actor: &'static str, on: &'static str| {
        let line = format!("explain E-2 --fiscal-year 2021 --on {on} --as-at {at} --json");
        run_as(&place, actor, &line).await.done().json()["indicator"].take()
    };
    let lines = |indicator: &Value| indicator["lines"].as_array().unwrap().len();
    let counted = |indicator: &Value| indicator["counted"].as_array().unwrap().len();

    let (whole, frozen) = (
        shown("ma-1", "2022-03-31").await,
        shown("co-1", "2022-03-31").await,
    );
    assert!(whole["n"].as_i64() >= Some(5) && counted(&whole) > 0);
    // Families of rows in which one tells of few are left out, as they are on the pages.
    assert_eq!(counted(&frozen), 0);
    assert!(
        lines(&frozen) > 0 && lines(&frozen) < lines(&whole),
        "{frozen}"
    );
    assert!(!tells_of_few(&frozen) && tells_of_few(&whole), "{whole}");
    assert_eq!(frozen["value"], whole["value"]);
    // A frozen figure of fewer than five.
    let figures = run_as(&place, "co-1", "meeting 2 --figures --json").await;
    let figures = figures.done().json()["figures"]["figures"].take();
    for entry in figures.as_array().unwrap() {
        let few = entry["n"].as_i64() < Some(5);
        assert!(!few || lines(entry) == 0, "{entry}");
        assert!(!tells_of_few(entry), "{entry}");
        assert!(entry["indicator"] != "D-1" || lines(entry) == 0, "{entry}");
        let of_infants = ["E-3", "E-4"].contains(&entry["indicator"].as_str().unwrap());
        assert!(!of_infants || !is_few(&entry["value"]), "{entry}");
    }

    let event = "explain 3 --fiscal-year 2021";
    assert_eq!(
        refused(&place, "co-1", event).await["code"],
        "NO_PERMISSION"
    );
    let talk = "consultation --children C001 --consulter 保護者 --channel 電話 --topics 就学 \
        --occurred 2022-03-30T10:00";
    place.told(talk).await;
    let changes = format!("changes --from {at} --fiscal-year 2021 --json");
    let changes = run_as(&place, "co-1", &changes).await.done().json();
    let changes = changes["changes"].as_array().unwrap();
    assert!(
        changes
            .iter()
            .all(|change| change["causes"] == serde_json::json!([]))
    );
    assert!(!changes.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_chooses_no_day_and_no_position_by_which_single_persons_would_be_told() {
    let place = with_accounts(Engine::Sqlite).await;
    let at = freeze(&place).await;
    let before = at - 1;
    for line in [
        "figures --on 2022-03-30".to_owned(),
        format!("figures --fiscal-year 2021 --as-at {before}"),
        "indicators A-3 --fiscal-year 2021 --on 2022-03-30".to_owned(),
        format!("indicators A-3 --fiscal-year 2021 --as-at {before}"),
        "explain A-6 --fiscal-year 2021 --on 2022-03-30".to_owned(),
        format!("explain A-6 --fiscal-year 2021 --since {before}"),
        "pack --fiscal-year 2021 --on 2022-03-30".to_owned(),
        format!("pack --fiscal-year 2021 --as-at {before}"),
        format!("changes --from {before} --fiscal-year 2021"),
        format!("changes --from {at} --fiscal-year 2021 --on 2022-03-30"),
    ] {
        assert_eq!(
            refused(&place, "co-1", &line).await["code"],
            "NOT_AS_SHOWN",
            "{line}"
        );
        let told = run_as(&place, "ma-1", &line).await.done().out;
        assert!(!told.is_empty(), "{line}");
    }
    for line in [
        "figures --on 2022-03-31".to_owned(),
        format!("figures --fiscal-year 2021 --as-at {at}"),
        "indicators A-3 --fiscal-year 2021".to_owned(),
        format!("pack --fiscal-year 2021 --as-at {at}"),
        format!("explain A-6 --fiscal-year 2021 --on 2022-03-31 --as-at {at} --since {at}"),
    ] {
        let told = run_as(&place, "co-1", &line).await.done().out;
        assert!(!told.is_empty(), "{line}");
    }
}
