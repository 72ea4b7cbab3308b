//! How the ledger is kept is answered to who may review it: what the pages of the audit show, for programs.

use std::collections::BTreeSet;

use ledger_core::id::Position;
use ledger_core::sample::draw;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use serde_json::{Value, json};

use super::{problem, serving, token};
use crate::pages::{ENGINES, centre, out, position, said};

/// Everything of a list, page by page, and how many pages there were.
fn paged(program: &Program<'_>, path: &str, field: &str) -> (Vec<Value>, usize) {
    let (mut all, mut pages, mut from) = (Vec::new(), 0, String::new());
    loop {
        let answer = program.json(&format!("{path}{from}"));
        let lines = answer[field].as_array().unwrap();
        assert!(lines.len() <= 100, "{path}: {}", lines.len());
        all.extend(lines.iter().cloned());
        pages += 1;
        match answer["next"].as_u64() {
            Some(next) => from = format!("&from={next}"),
            None => return (all, pages),
        }
    }
}

/// The list that was taken out last.
fn taken_last(place: &Place) -> Value {
    let lines = out(
        place,
        "events list --type list-exported --limit 1000 --json",
    );
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    last["data"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_referral_is_answered_once_by_what_it_waits_for() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let (staff, manager) = (
        token(&place, "sato", "staff"),
        token(&place, "kacho", "manager"),
    );
    let (staff, manager) = (
        Program::with(&serving, &staff),
        Program::with(&serving, &manager),
    );

    let (all, pages) = paged(&staff, "/api/referrals?ended=true&limit=20", "referrals");

    let ids: BTreeSet<&str> = all
        .iter()
        .map(|one| one["referral"].as_str().unwrap())
        .collect();
    assert!(all.len() > 20 && pages > 1, "{}", all.len());
    assert_eq!(ids.len(), all.len(), "none comes twice");
    let states = ["receipt", "decision", "completion", "feedback", "nothing"];
    let of_state = |state: &str| {
        let path = format!("/api/referrals?state={state}");
        let (own, _) = paged(&staff, &path, "referrals");
        assert!(own.iter().all(|one| one["state"] == state), "{state}");
        own.len()
    };
    let counts = states.map(of_state);
    assert_eq!(counts.iter().sum::<usize>(), all.len(), "{counts:?}");
    let (open, _) = paged(&staff, "/api/referrals?limit=100", "referrals");
    assert_eq!(open.len(), all.len() - counts[4]);
    assert_eq!(staff.get("/api/referrals?state=x").status, 400);
    let refused = staff.get("/api/referrals?ended=true&whole=true");
    assert_eq!(problem(&refused)["code"], "NO_PERMISSION");
    let whole = manager.json("/api/referrals?ended=true&whole=true");
    assert_eq!(whole["referrals"], json!(all));
    assert_eq!(taken_last(&place)["list"], "referrals");
}

async fn corrections_are_answered_beside_what_they_are_about(engine: Engine) {
    let place = centre(engine).await;
    let record = |line: &str| said(&place, &format!("record {line} --json"));
    record("start-care-procedure --child C101 --procedure suction --occurred 2024-04-02");
    let started = position(&place);
    record(&format!(
        "annul-event --target {started} --reason duplicate"
    ));
    let annulled = position(&place);
    record(&format!(
        "reverse-annulment --target {started} --reason other"
    ));
    let reversed = position(&place);
    let serving = serving(&place);
    let auditor = token(&place, "kansa-1", "auditor");
    let auditor = Program::with(&serving, &auditor);

    let (all, pages) = paged(&auditor, "/api/corrections?limit=1", "corrections");

    assert_eq!(pages, 2, "one on each");
    let told = all.iter().map(|one| {
        let said = &one["correction"];
        (said["position"].as_u64().unwrap(), said["act"].clone())
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (reversed, json!("reinstated")),
            (annulled, json!("annulled"))
        ]
    );
    for one in &all {
        assert_eq!(one["target"]["position"], started, "{one}");
        assert_eq!(one["target"]["type"], "care-procedure-started", "{one}");
    }
    let annulled = auditor.json("/api/corrections?act=annulled");
    assert_eq!(annulled["corrections"], json!([all[1]]));
    let whole = auditor.json("/api/corrections?whole=true");
    assert_eq!(whole["corrections"], json!(all));
    assert_eq!(taken_last(&place)["list"], "corrections");
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_are_answered_beside_what_they_are_about_on_both_engines() {
    for engine in ENGINES {
        corrections_are_answered_beside_what_they_are_about(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_answered_with_their_rows() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let auditor = token(&place, "kansa-1", "auditor");
    let auditor = Program::with(&serving, &auditor);

    let (files, _) = paged(&auditor, "/api/imports?limit=3", "imports");

    let lines = out(&place, "events list --limit 1000000 --json");
    let events = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let sources = events.map(|event| event["metadata"]["source"].clone());
    let sources: Vec<Value> = sources
        .filter(|source| source["kind"] == "register")
        .collect();
    assert!(files.len() > 5, "{files:?}");
    let mut counted = 0;
    for file in &files {
        let own = sources.iter().filter(|it| it["file"] == file["sha256"]);
        let rows: BTreeSet<u64> = own.clone().map(|it| it["row"].as_u64().unwrap()).collect();
        assert_eq!(file["events"], own.clone().count(), "{file}");
        assert_eq!(file["rows"], rows.len(), "{file}");
        assert_eq!(file["partial"], false, "{file}");
        counted += own.count();
    }
    assert_eq!(counted, sources.len(), "no file is left out");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_whose_text_is_answered_month_by_month_and_person_by_person() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let (manager, auditor) = (
        token(&place, "kacho", "manager"),
        token(&place, "kansa-1", "auditor"),
    );
    let (manager, auditor) = (
        Program::with(&serving, &manager),
        Program::with(&serving, &auditor),
    );
    let opened = manager.json("/api/children/C101");
    assert_eq!(opened["person"]["number"], "C101");
    let at = position(&place);

    let answer = auditor.json("/api/access-review");

    let accesses = answer["accesses"].as_array().unwrap();
    let own = accesses.iter().find(|one| one["position"] == at).unwrap();
    assert_eq!(own["actor"], "kacho", "{own}");
    assert_eq!(own["number"], "C101", "{own}");
    assert_eq!(own["type"], "personal-text-opened", "{own}");
    let flags = own["flags"].as_array().unwrap();
    assert!(flags.contains(&json!("not-in-charge")), "{own}");
    let of_child = auditor.json("/api/access-review?child=C101");
    assert_eq!(of_child["month"], Value::Null);
    let positions: Vec<&Value> = of_child["accesses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["position"])
        .collect();
    assert!(positions.contains(&&json!(at)), "{of_child}");
    let nobody = auditor.json("/api/access-review?by=nobody-1");
    assert_eq!(nobody["accesses"], json!([]));
    let before = auditor.json("/api/access-review?month=2001-02");
    assert_eq!(before["accesses"], json!([]));
    for (asked, status, code) in [
        ("month=2024-13", 422, "BAD_MONTH"),
        ("child=C101&whole=true", 400, "BAD_PARAMETER"),
        ("flag=x", 400, "BAD_PARAMETER"),
        ("child=C999", 404, "UNKNOWN_PERSON"),
    ] {
        let refused = auditor.get(&format!("/api/access-review?{asked}"));
        let said = problem(&refused);
        assert_eq!(
            (refused.status, &said["code"]),
            (status, &json!(code)),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_drawn_as_anybody_draws_it_and_each_event_is_checked() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let auditor = token(&place, "kansa-1", "auditor");
    let auditor = Program::with(&serving, &auditor);
    let head = position(&place);

    let answer = auditor.json(&format!("/api/sample?seed=x-7&n=5&to={head}"));

    let events = answer["events"].as_array().unwrap();
    let drawn = events.iter().map(|one| one["position"].as_u64().unwrap());
    let wanted = draw("x-7", Position::new(1), Position::new(head), 5);
    let wanted: Vec<u64> = wanted.into_iter().map(Position::get).collect();
    assert_eq!(drawn.collect::<Vec<_>>(), wanted, "{answer}");
    let fits = events
        .iter()
        .all(|one| one["leaf_fits"] == true && one["in_tree"] == true);
    assert!(fits, "{answer}");
    let of_types = auditor.json("/api/sample?seed=x&by_type=true");
    let types = of_types["events"].as_array().unwrap().iter();
    let types: Vec<&str> = types.map(|one| one["type"].as_str().unwrap()).collect();
    let once: BTreeSet<&&str> = types.iter().collect();
    assert_eq!(types.len(), once.len(), "one of each type: {types:?}");
    for (asked, code, field) in [
        ("seed=%20", "NO_SEED", "seed"),
        ("seed=x&n=0", "BAD_SIZE", "n"),
        ("seed=x&n=201", "BAD_SIZE", "n"),
        ("seed=x&to=1000000", "NO_SUCH_POSITION", "to"),
    ] {
        let said = problem(&auditor.get(&format!("/api/sample?{asked}")));
        assert_eq!(
            (&said["code"], &said["field"]),
            (&json!(code), &json!(field)),
            "{said}"
        );
    }
    assert_eq!(auditor.get("/api/sample").status, 400, "there is no seed");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_answered_with_the_figures_under_another_reading() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let auditor = token(&place, "kansa-1", "auditor");
    let auditor = Program::with(&serving, &auditor);

    let answer = auditor.json("/api/counting-rules?fiscal_year=2023");

    let programme = auditor.json("/api/programme?fiscal_year=2023");
    assert_eq!(answer["rules"], programme["programme"]["rules"]);
    assert_eq!(answer["terms"], programme["programme"]["terms"]);
    let readings = answer["readings"].as_array().unwrap();
    assert!(readings.len() > 5, "{answer}");
    for one in readings.iter().take(3) {
        let (id, rule) = (&one["indicator"], &one["other_rule"]);
        let (id, rule) = (id.as_str().unwrap(), rule.as_str().unwrap());
        let path = format!("/api/indicators?fiscal_year=2023&ids={id}&rule={rule}");
        let measured = auditor.json(&path);
        assert_eq!(
            measured["indicators"][0]["value"], one["other_value"],
            "{one}"
        );
        assert_eq!(one["differs"], one["value"] != one["other_value"], "{one}");
    }
}
