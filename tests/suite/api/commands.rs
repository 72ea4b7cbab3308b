//! A command is recorded once, refused with its field, and never half.

use ledger_tests::ledger::Engine;
use ledger_tests::programs::Program;
use ledger_tests::serving::Response;
use serde_json::{Value, json};

use super::{problem, serving, token};
use crate::pages::{ENGINES, centre, position};

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
    // Nothing that was sent is thrown away: neither under another key nor with another content.
    for (key, content) in [(OTHER, "空きについて"), (KEY, "言い直したこと")] {
        let other = program.send(key, &consultation(content));
        assert_eq!(other.status, 201, "{}", other.body);
    }
    assert_eq!(position(&place), before + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sent_again_is_recorded_once_on_both_engines() {
    for engine in ENGINES {
        the_same_sent_again_is_recorded_once(engine).await;
    }
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
    for (command, status, code, field) in wrong() {
        let answer = program.send(KEY, &command);
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
        assert_eq!(problem(&answer)["code"], "NO_PERMISSION", "{role}");
        assert_eq!(position(&place), before, "{role}");
    }
}
