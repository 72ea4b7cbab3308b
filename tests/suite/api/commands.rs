//! A command is recorded once, refused with its field, and never half.

use ledger_tests::ledger::Engine;
use ledger_tests::programs::Program;
use ledger_tests::serving::Response;
use serde_json::{Value, json};

use super::{problem, serving, token};
use crate::pages::{ENGINES, centre, position, said};

const KEY: &str = "0198f000-0000-4000-8000-000000000001";
const OTHER: &str = "0198f000-0000-4000-8000-000000000002";

fn consultation(content: &str) -> Value {
    json!({
        "command": "record-consultation",
        "children": ["C101"],
        "occurred": "2024-03-29T16:10",
        "consulter": "guardian",
        "channel": "phone",
        "topics": ["respite"],
        "content": content,
    })
}

async fn the_same_sent_again_is_recorded_once(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    let program = token(&place, "sato", "staff");
    let program = Program::with(&serving, &program);
    let before = position(&place);

    let first = program.send(KEY, &consultation("空きについて"));
    assert_eq!(first.status, 201, "{}", first.body);
    let receipt: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(receipt["position"], before + 1, "{receipt}");
    assert_eq!(receipt["repeated"], false);
    assert_eq!(receipt["events"].as_array().unwrap().len(), 1);

    let again = program.send(&format!("\"{KEY}\""), &consultation("空きについて"));
    assert_eq!(again.status, 200, "{}", again.body);
    let repeated: Value = serde_json::from_str(&again.body).unwrap();
    assert_eq!(repeated["repeated"], true);
    for field in ["command", "position", "streams", "events"] {
        assert_eq!(repeated[field], receipt[field], "{field}");
    }
    assert_eq!(position(&place), before + 1, "nothing was written");
    let other = program.send(OTHER, &consultation("空きについて"));
    assert_eq!(other.status, 201, "{}", other.body);
    assert_eq!(position(&place), before + 2, "another key, another record");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sent_again_is_recorded_once_on_both_engines() {
    for engine in ENGINES {
        the_same_sent_again_is_recorded_once(engine).await;
    }
}

/// A second event stood where a program sent something else under the key of the first.
async fn a_key_is_of_what_was_first_sent_under_it(engine: Engine) {
    let place = centre(engine).await;
    let mut served = serving(&place);
    let tokens = [
        token(&place, "sato", "staff"),
        token(&place, "ito", "staff"),
    ];
    let sent = consultation("空きについて");
    let first = Program::with(&served, &tokens[0]).send(KEY, &sent);
    assert_eq!(first.status, 201, "{}", first.body);
    let first: Value = serde_json::from_str(&first.body).unwrap();
    let before = position(&place);
    // As true of a program that was started anew.
    for _ in 0..2 {
        let program = Program::with(&served, &tokens[0]);
        for (field, value) in [
            ("content", json!("言い直したこと")),
            ("children", json!(["C102"])),
            ("action", json!("information")),
        ] {
            let answer = program.send(KEY, &with(field, value));
            let told = problem(&answer);
            assert_eq!(answer.status, 422, "{told}");
            assert_eq!(told["code"], "IDEMPOTENCY_KEY_REUSED", "{told}");
            assert_eq!(told["field"], "Idempotency-Key", "{told}");
        }
        let again = program.send(KEY, &sent);
        assert_eq!(again.status, 200, "{}", again.body);
        let again: Value = serde_json::from_str(&again.body).unwrap();
        assert_eq!(again["events"], first["events"]);
        assert_eq!(position(&place), before, "nothing was written");
        drop(served);
        served = serving(&place);
    }
    // Somebody else's key is another.
    let others = Program::with(&served, &tokens[1]).send(KEY, &consultation("別の人から"));
    assert_eq!(others.status, 201, "{}", others.body);
    assert_eq!(position(&place), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_of_what_was_first_sent_under_it_on_both_engines() {
    for engine in ENGINES {
        a_key_is_of_what_was_first_sent_under_it(engine).await;
    }
}

/// Sends each under its key, all at once; the statuses.
fn at_once(program: &Program<'_>, all: &[(String, Value)]) -> Vec<u16> {
    std::thread::scope(|scope| {
        let sent = all.iter().map(|(key, command)| {
            // A store that is busy says so, and nothing is written.
            scope.spawn(move || {
                loop {
                    let answer = program.send(key, command);
                    if answer.status != 503 {
                        return answer.status;
                    }
                }
            })
        });
        let sent: Vec<_> = sent.collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

async fn of_two_at_once_under_a_key_one_is_recorded(engine: Engine) {
    let place = centre(engine).await;
    said(
        &place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-02-03 --area kinuta \
         --occurred R3.8.5 --json",
    );
    let serving = serving(&place);
    let program = token(&place, "sato", "staff");
    let program = Program::with(&serving, &program);
    let before = position(&place);
    let all: Vec<(String, Value)> = (0..16_u128)
        .map(|n| {
            let key = uuid::Uuid::from_u128(n / 2).to_string();
            // One of two is about another child: no revision of a stream stands between them.
            let child = if n % 2 == 0 { "C101" } else { "C102" };
            (key, with("children", json!([child])))
        })
        .collect();
    let statuses = at_once(&program, &all);
    let of = |status| statuses.iter().filter(|it| **it == status).count();
    assert_eq!((of(201), of(422)), (8, 8), "{statuses:?}");
    assert_eq!(position(&place), before + 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_under_a_key_one_is_recorded_on_both_engines() {
    for engine in ENGINES {
        of_two_at_once_under_a_key_one_is_recorded(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_is_sent_again_is_no_second_of_its_number() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let program = token(&place, "kacho", "manager");
    let program = Program::with(&serving, &program);
    let meeting = json!({
        "command": "convene-meeting", "nth": 1, "occurred": "2024-04-01", "planned_on": "2024-05-19",
    });
    let first = program.send(KEY, &meeting);
    assert_eq!(first.status, 201, "{}", first.body);
    let again = program.send(KEY, &meeting);
    assert_eq!(again.status, 200, "{}", again.body);
    let other = program.send(OTHER, &meeting);
    assert_eq!(
        problem(&other)["code"],
        "ALREADY_RECORDED",
        "{}",
        other.body
    );
}

async fn of_many_at_once_each_is_recorded_once(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    let programs = [
        token(&place, "sato", "staff"),
        token(&place, "ito", "staff"),
    ];
    let before = position(&place);
    // Each program sends eight commands, each three times, all at once.
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let sent: Vec<_> = programs
            .iter()
            .flat_map(|token| (0..24_u128).map(move |n| (token, n % 8)))
            .map(|(token, n)| {
                let serving = &serving;
                scope.spawn(move || {
                    let key = uuid::Uuid::from_u128(n).to_string();
                    let content = format!("{n}件目");
                    let program = Program::with(serving, token);
                    // A store that is busy says so, and nothing is written twice.
                    loop {
                        let answer = program.send(&key, &consultation(&content));
                        if answer.status != 503 {
                            return answer.status;
                        }
                    }
                })
            })
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(
        statuses.iter().all(|it| [200, 201].contains(it)),
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|it| **it == 201).count(),
        16,
        "{statuses:?}"
    );
    assert_eq!(position(&place), before + 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_each_is_recorded_once_on_both_engines() {
    for engine in ENGINES {
        of_many_at_once_each_is_recorded_once(engine).await;
    }
}

/// A consultation with another value for a field.
fn with(field: &str, value: Value) -> Value {
    let mut command = consultation("空きについて");
    command[field] = value;
    command
}

/// Commands that cannot be taken, each with what is told of it.
fn wrong() -> Vec<(Value, u16, &'static str, &'static str)> {
    vec![
        (
            with("children", json!(["C999"])),
            422,
            "UNKNOWN_PERSON",
            "children",
        ),
        (
            with("topics", json!(["weather"])),
            422,
            "BAD_FIELD",
            "topics[0]",
        ),
        (with("channel", json!(7)), 422, "BAD_FIELD", "channel"),
        (with("weather", json!("fine")), 422, "BAD_FIELD", "weather"),
        (
            with("content", json!("番号は 1234 5678 9018 です")),
            422,
            "MY_NUMBER",
            "content",
        ),
        (
            with("occurred", json!("2094-03-29T16:10")),
            422,
            "OCCURRED_IN_FUTURE",
            "occurred",
        ),
        (
            with("command", json!("record-weather")),
            400,
            "UNKNOWN_COMMAND",
            "command",
        ),
        (
            with("command", json!(null)),
            400,
            "UNKNOWN_COMMAND",
            "command",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_with_its_field_and_nothing_is_written() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let program = token(&place, "sato", "staff");
    let program = Program::with(&serving, &program);
    let before = position(&place);
    for (number, (command, status, code, field)) in (0_u128..).zip(wrong()) {
        let key = uuid::Uuid::from_u128(number).to_string();
        let answer = program.send(&key, &command);
        let told = problem(&answer);
        assert_eq!(answer.status, status, "{told}");
        assert_eq!(
            (&told["code"], &told["field"]),
            (&json!(code), &json!(field)),
            "{told}"
        );
        assert_eq!(told["lang"], "ja");
        let said = format!("{}{}", told["detail"], told["hint"]);
        assert!(
            !said.contains("--") && !said.contains("care-ledger"),
            "{said}"
        );
        assert!(!told["detail"].as_str().unwrap().is_ascii(), "{told}");
    }
    let stale = json!({
        "command": "change-profile", "child": "C101", "field": "area",
        "old": "tamagawa", "new": "karasuyama", "occurred": "2024-03-29",
    });
    let answer = program.send(KEY, &stale);
    assert_eq!(problem(&answer)["code"], "STALE_VALUE", "{}", answer.body);
    assert_eq!(answer.status, 409);
    assert_eq!(position(&place), before, "nothing was written");
}

/// Says of an answer that it is such a problem, with the headers of every answer.
fn is_problem(answer: &Response, status: u16, code: &str) {
    let told = problem(answer);
    let said = (answer.status, &told["code"]);
    assert_eq!(said, (status, &json!(code)), "{told}");
    let header = |name| answer.header(name);
    assert_eq!(header("cache-control"), Some("no-store"), "{code}");
    assert_eq!(header("x-content-type-options"), Some("nosniff"), "{code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_none_is_told_what_it_lacks() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let program = token(&place, "sato", "staff");
    let program = Program::with(&serving, &program);
    let key = format!("Idempotency-Key: {KEY}\r\n");
    let json = "Content-Type: application/json\r\n";
    let both = format!("{key}{json}");
    let bad_key = format!("{json}Idempotency-Key: 7\r\n");
    let plain = format!("{key}Content-Type: text/plain\r\n");
    let (body, long) = (
        consultation("空きについて").to_string(),
        " ".repeat(300 << 10),
    );
    for (headers, body, status, code) in [
        (json, &*body, 400, "NO_IDEMPOTENCY_KEY"),
        (&bad_key, &body, 400, "NO_IDEMPOTENCY_KEY"),
        (&both, "{", 400, "BAD_JSON"),
        (&both, "[]", 400, "BAD_JSON"),
        (&both, "", 400, "BAD_JSON"),
        (&plain, &body, 415, "NOT_JSON"),
        (&key, &body, 415, "NOT_JSON"),
        (&both, &long, 413, "TOO_LARGE"),
    ] {
        let answer = program.ask("POST", "/api/commands", headers, body);
        is_problem(&answer, status, code);
    }
    for (method, path) in [("PUT", "/api/commands"), ("DELETE", "/api/events/1")] {
        is_problem(&program.ask(method, path, "", ""), 405, "NO_SUCH_METHOD");
    }
}

/// Paths that lead to nothing, each with what is told of it.
const ASTRAY: [(&str, u16, &str); 12] = [
    ("/api/weather", 404, "NO_SUCH_PATH"),
    ("/api", 404, "NO_SUCH_PATH"),
    ("/api/commands/weather", 404, "UNKNOWN_COMMAND"),
    ("/api/work-list?weather=fine", 400, "UNKNOWN_PARAMETER"),
    ("/api/work-list?on=someday", 400, "BAD_PARAMETER"),
    ("/api/work-list?open=maybe", 400, "BAD_PARAMETER"),
    ("/api/work-list?as_at=", 400, "BAD_PARAMETER"),
    ("/api/figures", 400, "BAD_PARAMETER"),
    ("/api/events?as_at=99999999", 400, "UNKNOWN_PARAMETER"),
    (
        "/api/pack?fiscal_year=2023&as_at=99999999",
        400,
        "NO_SUCH_POSITION",
    ),
    ("/api/events/99999999", 404, "UNKNOWN_EVENT"),
    ("/api/facilities/none", 404, "NOT_LISTED"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_leads_to_nothing_says_why_in_the_language_asked_for() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let program = token(&place, "sato", "staff");
    let program = Program::with(&serving, &program);
    for (path, status, code) in ASTRAY {
        is_problem(&program.get(path), status, code);
    }
    let english = "Accept-Language: en\r\n";
    let english = program.ask("GET", "/api/work-list?on=someday", english, "");
    let told = problem(&english);
    assert_eq!(told["field"], "on");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.starts_with("someday is no value of on"), "{told}");
    assert_eq!(english.header("content-language"), Some("en"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_refused_and_nothing_is_written() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    for role in ["auditor", "committee", "admin"] {
        let program = token(&place, &format!("{role}-1"), role);
        let program = Program::with(&serving, &program);
        let before = position(&place);
        let answer = program.send(KEY, &consultation("空きについて"));
        assert_eq!(answer.status, 403, "{role} {}", answer.body);
        let problem = problem(&answer);
        assert_eq!(problem["code"], "NO_PERMISSION", "{role}");
        let hint = problem["hint"].as_str().unwrap();
        assert!(
            hint.contains("トークン") && !hint.contains("actor"),
            "{hint}"
        );
        assert_eq!(position(&place), before, "{role}");
    }
}
