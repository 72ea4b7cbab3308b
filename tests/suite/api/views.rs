//! A view answers a program what it answers at the command line.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use serde_json::Value;

use super::{serving, token};
use crate::pages::{ENGINES, centre, openings, put_in_charge, said};

/// Paths, and what asks the same at the command line.
const SAME: [(&str, &str); 16] = [
    (
        "/api/work-list?on=2024-03-31&whole=true",
        "work-list --on 2024-03-31",
    ),
    (
        "/api/work-list?for=C001&kind=disaster-plan&kind=follow-up",
        "work-list --for C001 --kind disaster-plan --kind follow-up",
    ),
    (
        "/api/figures?fiscal_year=R5&explain=true",
        "figures --fiscal-year 2023 --explain",
    ),
    ("/api/figures?on=2024-03-31", "figures --on 2024-03-31"),
    (
        "/api/indicators?fiscal_year=2023&ids=A-1&ids=D-2&list=true",
        "indicators A-1 D-2 --fiscal-year 2023 --list",
    ),
    (
        "/api/explain/A-1?fiscal_year=2023&since=100",
        "explain A-1 --fiscal-year 2023 --since 100",
    ),
    (
        "/api/explain/120?fiscal_year=2021",
        "explain 120 --fiscal-year 2021",
    ),
    (
        "/api/changed-figures?fiscal_year=2022&from=1000",
        "changes --fiscal-year 2022 --from 1000",
    ),
    (
        "/api/cross/area/age?fiscal_year=2023",
        "cross area age --fiscal-year 2023",
    ),
    (
        "/api/pack?fiscal_year=2023&as_at=500",
        "pack --fiscal-year 2023 --as-at 500",
    ),
    ("/api/directory?text=%E7%A0%A7", "directory 砧"),
    (
        "/api/facilities?fiscal_year=2022",
        "facilities --fiscal-year 2022",
    ),
    ("/api/facilities/1", "facility 1"),
    ("/api/trainees/1", "trainee 1"),
    (
        "/api/programme?fiscal_year=2022",
        "programme --fiscal-year 2022",
    ),
    ("/api/events/52", "events show 52"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_answered_what_the_command_line_answers() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let manager = token(&place, "kacho", "manager");
    let program = Program::with(&serving, &manager);
    for (path, line) in SAME {
        let at_the_command_line = said(&place, &format!("{line} --json"));
        let mut answer = program.json(path);
        assert!(answer.is_object(), "{path}: {answer}");
        if path.starts_with("/api/work-list") {
            let next = answer.as_object_mut().unwrap().remove("next");
            assert_eq!(next, Some(Value::Null), "{path} answers all of it");
        }
        assert_eq!(answer, at_the_command_line, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_page_by_page() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let auditor = token(&place, "kansa-1", "auditor");
    let program = Program::with(&serving, &auditor);
    let (mut path, mut positions) = (
        "/api/events?type=referral-made&limit=30".to_owned(),
        Vec::new(),
    );
    loop {
        let page = program.json(&path);
        let events = page["events"].as_array().unwrap();
        assert!(events.len() <= 30);
        assert!(
            events.iter().all(|one| one["type"] == "referral-made"),
            "{page}"
        );
        positions.extend(events.iter().map(|one| one["position"].as_u64().unwrap()));
        let Some(next) = page["next"].as_u64() else {
            break;
        };
        path = format!("/api/events?type=referral-made&limit=30&from={next}");
    }
    assert_eq!(positions.len(), 84, "{positions:?}");
    assert!(positions.is_sorted());
    let newest = program.json("/api/events?newest_first=true&limit=3&stream=child-");
    let newest: Vec<u64> = newest["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["position"].as_u64().unwrap())
        .collect();
    assert!(
        newest.len() == 3 && newest.is_sorted_by(|a, b| a > b),
        "{newest:?}"
    );
    let all = program.json("/api/events?limit=1000000");
    assert_eq!(all["events"].as_array().unwrap().len(), 100);
    assert_eq!(all["next"], 101);
    let kinds = program.json("/api/event-counts");
    let referrals = kinds["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "referral-made");
    assert_eq!(referrals.unwrap()["events"], 84);
}

async fn a_timeline_is_opened_after_that_was_recorded(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    let staff = token(&place, "sato", "staff");
    let program = Program::with(&serving, &staff);
    let before = openings(&place);
    let refused = program.get("/api/children/C101");
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(!refused.body.contains("花子"), "{}", refused.body);
    assert_eq!(openings(&place), before, "nothing was opened");

    put_in_charge(&place, "sato");
    let timeline = program.json("/api/children/C101");
    assert_eq!(timeline["person"]["name"], "見本 花子", "{timeline}");
    assert_eq!(openings(&place), before + 1, "it is told who looked");
    // A part of a number is nobody's.
    for path in [
        "/api/children/C10",
        "/api/children/C",
        "/api/work-list?for=C10",
    ] {
        let nobody = program.get(path);
        assert_eq!(nobody.status, 404, "{path}: {}", nobody.body);
        assert!(!nobody.body.contains("C101"), "{path}: {}", nobody.body);
    }
    let past = program.json("/api/children/C101?as_of=2021-12-31");
    assert_eq!(past["as_of"], "2021-12-31");
    let children = program.json("/api/children?in_charge=sato");
    assert_eq!(children["children"][0]["number"], "C101", "{children}");
    assert_eq!(children["children"][0]["area"], "kinuta");
    assert!(!children.to_string().contains("花子"), "{children}");
    let one: Value = program.json("/api/events/52?open=true");
    assert!(one["opened"].to_string().contains("花子"), "{one}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_is_opened_after_that_was_recorded_on_both_engines() {
    for engine in ENGINES {
        a_timeline_is_opened_after_that_was_recorded(engine).await;
    }
}
