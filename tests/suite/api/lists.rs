//! A long list is read page by page; its whole is taken out of the ledger by who may, and recorded first.

use ledger_core::time::{FiscalYear, Timestamp};
use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::document::document;
use super::{problem, serving, token};
use crate::pages::{BINARY, centre, out, signed_in};

/// Each list with the field in which it stands and the name under which it is taken out.
const LISTS: [(&str, &str, &str); 3] = [
    ("/api/children?closed=true", "children", "caseload"),
    ("/api/work-list?on=2024-03-31", "items", "work-list"),
    ("/api/events?stream=child-", "events", "events"),
];

fn exports(place: &Place) -> Vec<Value> {
    let lines = out(
        place,
        "events list --type list-exported --limit 1000 --json",
    );
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

fn listed(program: &Program<'_>, path: &str, field: &str) -> (Vec<Value>, Value) {
    let answer = program.json(path);
    let lines = answer[field].as_array().unwrap().clone();
    (lines, answer["next"].clone())
}

/// All lines of a list, page after page.
fn lines_of(program: &Program<'_>, path: &str, field: &str) -> Vec<Value> {
    let (mut lines, mut next) = listed(program, path, field);
    while let Some(from) = next.as_u64() {
        let (more, then) = listed(program, &format!("{path}&from={from}"), field);
        lines.extend(more);
        next = then;
    }
    lines
}

/// The texts that the document has for a parameter of the list of children.
fn codes(document: &Value, name: &str) -> Vec<String> {
    let parameters = &document["paths"]["/api/children"]["get"]["parameters"];
    let mut parameters = parameters.as_array().unwrap().iter();
    let own = parameters.find(|one| one["name"] == name).expect(name);
    let codes = own["schema"]["enum"].as_array().expect(name).iter();
    codes
        .map(|code| code.as_str().unwrap().to_owned())
        .collect()
}

/// Those of the lines whose field is the code, or has it among others; what is not known is null.
fn with_code<'a>(every: &'a [Value], field: &str, code: &str) -> Vec<&'a Value> {
    let lines = every.iter().filter(|line| {
        let own = &line[field];
        let mut among = own.as_array().into_iter().flatten();
        own == code || among.any(|one| one == code) || (own.is_null() && code == "unknown")
    });
    lines.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn children_are_held_to_their_age_and_care_as_on_their_page() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = serving(&place);
    let staff = token(&place, "sato", "staff");
    let staff = Program::with(&serving, &staff);
    let list = "/api/children?closed=true";
    let every = lines_of(&staff, list, "children");
    let document = document(&staff);
    for (name, field) in [
        ("age", "age"),
        ("procedure", "procedures"),
        ("area", "area"),
    ] {
        let mut held = Vec::new();
        for code in codes(&document, name) {
            let path = format!("{list}&{name}={}", code.replace('+', "%2B"));
            let lines = lines_of(&staff, &path, "children");
            let wanted = with_code(&every, field, &code);
            assert_eq!(lines.iter().collect::<Vec<_>>(), wanted, "{path}");
            held.push(lines.len());
        }
        let some = held.iter().filter(|&&own| own > 0 && own < every.len());
        assert!(some.count() > 2, "{name}: {held:?} of {}", every.len());

        let refused = staff.get(&format!("{list}&{name}=moon"));
        assert_eq!(refused.status, 400, "{name}: {}", refused.body);
        let told = problem(&refused);
        assert_eq!(told["code"], "BAD_PARAMETER", "{told}");
        assert_eq!(told["field"], name, "{told}");
    }
    let some = every.iter().find_map(|line| line["number"].as_str());
    let of_one = format!("{list}&number={}", some.unwrap());
    let of_one = lines_of(&staff, &of_one, "children");
    assert!(of_one.iter().any(|line| line["number"] == some.unwrap()));
    assert!(of_one.len() < every.len(), "{of_one:?}");
    let ages = codes(&document, "age");
    assert_eq!(ages.last().map(String::as_str), Some("unknown"), "{ages:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_page_by_page_and_the_whole_is_recorded_before() {
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
    for (path, field, list) in LISTS {
        let (mut pages, mut next) = listed(&staff, &format!("{path}&limit=1000000"), field);
        assert!(pages.len() <= 100, "{path}: {}", pages.len());
        while let Some(from) = next.as_u64() {
            let (more, then) = listed(&staff, &format!("{path}&limit=100&from={from}"), field);
            pages.extend(more);
            next = then;
        }
        let before = exports(&place).len();
        let refused = staff.get(&format!("{path}&whole=true"));
        assert_eq!(problem(&refused)["code"], "NO_PERMISSION", "{path}");
        assert_eq!(exports(&place).len(), before, "nothing is recorded");

        let (whole, next) = listed(&manager, &format!("{path}&whole=true"), field);

        assert_eq!(next, Value::Null, "{path}");
        assert_eq!(
            whole, pages,
            "{path}: nothing is left out, nothing comes twice"
        );
        let all = exports(&place);
        assert_eq!(all.len(), before + 1, "{path}");
        let taken = &all.last().unwrap()["data"];
        assert_eq!(taken["list"], list, "{taken}");
        assert_eq!(taken["format"], "json", "{taken}");
        assert_eq!(taken["rows"], whole.len(), "{taken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wholes_are_taken_by_tokens_and_no_more_often_than_from_pages() {
    let place = centre(Engine::Sqlite).await;
    let few = ["--exports-a-day", "3"];
    let serving = Serving::start_with(&place, BINARY, &few);
    let mut browser: Browser<'_> = signed_in(&serving, &place, "kacho", "manager");
    let own = "Sec-Fetch-Site: same-origin\r\n";
    let whole = "/api/children?whole=true";
    let refused = browser.ask("GET", whole, own, "");
    assert_eq!(problem(&refused)["code"], "NEEDS_TOKEN");
    assert_eq!(browser.ask("GET", "/api/children", own, "").status, 200);
    assert_eq!(browser.open("/children?format=csv").status, 200);
    assert_eq!(exports(&place).len(), 1);

    let manager = super::token_of(&place, "kacho");
    let manager = Program::with(&serving, &manager);
    let taken: Vec<u16> = (0..3).map(|_| manager.get(whole).status).collect();

    assert_eq!(taken, [200, 200, 429], "{taken:?}");
    let refused = manager.get(whole);
    assert_eq!(problem(&refused)["code"], "TOO_MANY_EXPORTS");
    assert_eq!(exports(&place).len(), 3);
    assert_eq!(manager.get("/api/children?whole=true&limit=3").status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_what_is_answered_to_those_who_review() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let (staff, auditor) = (
        token(&place, "sato", "staff"),
        token(&place, "kansa-1", "auditor"),
    );
    let (staff, auditor) = (
        Program::with(&serving, &staff),
        Program::with(&serving, &auditor),
    );
    let (made, _) = listed(&auditor, "/api/events?type=token-made", "events");
    assert_eq!(made.len(), 2, "{made:?}");
    let position = made[0]["position"].as_u64().unwrap();
    for path in ["/api/events?type=token-made", "/api/events?category=access"] {
        let answer = staff.json(path);
        assert_eq!(answer["events"], Value::Array(Vec::new()), "{answer}");
        assert_eq!(answer["left_out"][0], "access", "{answer}");
        let answer = auditor.json(path);
        assert_eq!(answer["left_out"], Value::Array(Vec::new()), "{answer}");
    }
    for path in [
        format!("/api/events/{position}"),
        format!("/api/events/{position}?open=true"),
        format!("/api/explain/{position}?fiscal_year=2026"),
    ] {
        assert_eq!(
            problem(&staff.get(&path))["code"],
            "NO_PERMISSION",
            "{path}"
        );
    }
    assert_eq!(auditor.get(&format!("/api/events/{position}")).status, 200);
    let counts = |program: &Program<'_>| program.json("/api/event-counts").to_string();
    for name in ["\"token-made\"", "\"name\":\"access\""] {
        assert!(!counts(&staff).contains(name), "{name}");
        assert!(counts(&auditor).contains(name), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_of_accesses_lists_them_to_those_who_review() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let tokens = [
        ("kacho", "manager"),
        ("sato", "staff"),
        ("kansa-1", "auditor"),
    ];
    let tokens = tokens.map(|(account, role)| token(&place, account, role));
    let [manager, staff, auditor] = [0, 1, 2].map(|nth| Program::with(&serving, &tokens[nth]));
    assert_eq!(manager.get("/api/children/C101").status, 200);
    let (opened, _) = listed(&auditor, "/api/events?type=personal-text-opened", "events");
    let at = opened[0]["recorded_at"].as_str().unwrap();
    let at: Timestamp = at.parse().unwrap();
    let year = FiscalYear::of(at.day_in_japan());
    let path = format!("/api/explain/I-6?fiscal_year={}", year.year());
    let (seen, whole) = (staff.json(&path), auditor.json(&path));
    let (seen, whole) = (&seen["indicator"], &whole["indicator"]);

    assert_eq!(
        whole["n"], seen["n"],
        "the figure itself is no secret: {seen}"
    );
    assert_ne!(whole["counted"], Value::Array(Vec::new()), "{whole}");
    assert_eq!(seen["counted"], Value::Array(Vec::new()), "{seen}");
    assert!(!seen.to_string().contains("rests_on"), "{seen}");
}
