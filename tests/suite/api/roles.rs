//! Each role is answered what it may see, and nobody's text: every path of the document is asked in every role.

use std::collections::BTreeSet;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use serde_json::Value;

use super::document::{document, looks};
use super::{problem, serving, token};
use crate::pages::{ENGINES, centre, openings};

/// What nobody is told of whom they are not in charge, and the committee and the admin never.
const PERSONAL: [&str; 4] = ["花子", "ハナコ", "2019-10-15", "令和元年10月15日"];

/// Accounts with their roles.
const ROLES: [(&str, &str); 5] = [
    ("sato", "staff"),
    ("kacho", "manager"),
    ("kansa-1", "auditor"),
    ("iin-1", "committee"),
    ("joho-1", "admin"),
];

/// What everybody may look at who is signed in: what there is, not what is recorded.
const OF_ALL: [&str; 5] = [
    "/api/changes",
    "/api/commands",
    "/api/commands/",
    "/api/docs",
    "/api/openapi.json",
];
/// What holds events or persons, text closed.
const OF_EVENTS: [&str; 10] = [
    "/api/audits",
    "/api/children",
    "/api/directory",
    "/api/event-counts",
    "/api/events",
    "/api/facilities/",
    "/api/referrals",
    "/api/trainees/",
    "/api/work-list",
    "/api/audits/",
];
/// What reviews how the ledger is kept.
const OF_REVIEWS: [&str; 5] = [
    "/api/access-review",
    "/api/corrections",
    "/api/counting-rules",
    "/api/imports",
    "/api/sample",
];
/// What holds figures.
const OF_FIGURES: [&str; 13] = [
    "/api/budget",
    "/api/changed-figures",
    "/api/cross/",
    "/api/explain/",
    "/api/facilities",
    "/api/figures",
    "/api/indicators",
    "/api/meetings",
    "/api/pack",
    "/api/programme",
    "/api/requests",
    "/api/requests/",
    "/api/trainees",
];

/// Whether a path, or one above it, is in a list.
fn is_under(path: &str, all: &[&str]) -> bool {
    let path = path.split('?').next().unwrap();
    all.iter().any(|known| {
        let below = known.ends_with('/') && path.starts_with(known);
        below || path == *known
    })
}

/// Whether a role is answered at a path, other than that it may not.
fn may(role: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap();
    if is_under(path, &OF_ALL) {
        return true;
    }
    let figures = is_under(path, &OF_FIGURES) || path.starts_with("/api/meetings/");
    let events = is_under(path, &OF_EVENTS) || path.starts_with("/api/events/");
    match (role, path) {
        ("manager", _) => true,
        (_, "/api/children/C101") | ("admin", _) => false,
        ("committee", _) => figures,
        ("auditor", _) => figures || events || is_under(path, &OF_REVIEWS),
        (_, _) => figures || events,
    }
}

/// Asks every path of the document, with and without what opens texts.
fn asked(program: &Program<'_>, document: &Value) -> Vec<(String, u16, String)> {
    let mut asked = Vec::new();
    for (path, get) in looks(document) {
        let parameters = get["parameters"].as_array();
        let opens = parameters.is_some_and(|all| all.iter().any(|one| one["name"] == "open"));
        let sign = if path.contains('?') { '&' } else { '?' };
        let open = opens.then(|| format!("{path}{sign}open=true"));
        for path in [path].into_iter().chain(open) {
            if path != "/api/changes" {
                let answer = program.get(&path);
                asked.push((path, answer.status, answer.body));
            }
        }
    }
    asked
}

async fn each_role_is_answered_what_it_may_see(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    for (account, role) in ROLES {
        let program = token(&place, account, role);
        let program = Program::with(&serving, &program);
        let document = document(&program);
        let before = openings(&place);
        let asked = asked(&program, &document);
        assert!(asked.len() > 35, "{}", asked.len());
        for (path, status, body) in asked {
            assert!(status < 500, "{role} {path}: {status} {body}");
            assert_ne!(status, 401, "{role} {path}");
            // What is to be opened is judged on what is opened.
            if !path.contains("open=true") {
                assert_eq!(
                    status != 403,
                    may(role, &path),
                    "{role} {path}: {status} {body}"
                );
            }
            // The examples of commands are of invented people, and of this program.
            let examples = is_under(&path, &OF_ALL);
            let opened = role == "manager" && path.starts_with("/api/children/C101");
            for personal in PERSONAL {
                let told = body.contains(personal);
                assert!(
                    !told || opened || examples,
                    "{role} {path} {personal}: {body}"
                );
            }
            if ["committee", "admin"].contains(&role) && !examples {
                assert!(!body.contains("C101"), "{role} {path}: {body}");
            }
        }
        let opened = openings(&place) - before;
        assert_eq!(opened > 0, role == "manager", "{role} {opened}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_is_answered_what_it_may_see_on_both_engines() {
    for engine in ENGINES {
        each_role_is_answered_what_it_may_see(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_anything_without_a_token() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let manager = token(&place, "kacho", "manager");
    let document = document(&Program::with(&serving, &manager));
    let wrong = format!("clt_{}", "0".repeat(64));
    for program in [Program::without(&serving), Program::with(&serving, &wrong)] {
        for (path, _) in looks(&document) {
            let answer = program.get(&path);
            assert_eq!(problem(&answer)["code"], "NOT_SIGNED_IN", "{path}");
            assert!(!answer.body.contains("C101"), "{path}: {}", answer.body);
        }
    }
}

/// Everything that names a person of the samples: numbers, names, kana and birth dates.
fn invented(program: &Program<'_>) -> BTreeSet<String> {
    let listed = program.json("/api/children?closed=true&whole=true");
    let mut invented = BTreeSet::new();
    for line in listed["children"].as_array().unwrap() {
        let number = line["number"].as_str().unwrap();
        let person = &program.json(&format!("/api/children/{number}"))["person"];
        let own = ["name", "kana", "birth_date"].map(|field| person[field].as_str());
        let own = own
            .into_iter()
            .flatten()
            .chain([number, line["child"].as_str().unwrap()]);
        invented.extend(own.map(str::to_owned));
    }
    invented
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_is_told_nothing_that_names_anybody() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let manager = token(&place, "kacho", "manager");
    let invented = invented(&Program::with(&serving, &manager));
    assert!(invented.len() > 200, "{}", invented.len());
    for (account, role) in [("iin-1", "committee"), ("joho-1", "admin")] {
        let program = token(&place, account, role);
        let program = Program::with(&serving, &program);
        let document = document(&program);
        let mut answered = 0;
        for (path, status, body) in asked(&program, &document) {
            if is_under(&path, &OF_ALL) {
                continue;
            }
            answered += usize::from(status == 200);
            let told = invented.iter().find(|text| body.contains(text.as_str()));
            assert_eq!(told, None, "{role} {path}: {body}");
        }
        assert_eq!(answered > 9, role == "committee", "{role} {answered}");
    }
}
