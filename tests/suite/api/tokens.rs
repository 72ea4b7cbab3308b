//! A program signs in with a token, which can be taken back; a browser's session only looks.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::programs::Program;
use serde_json::{Value, json};

use super::{problem, serving, token, token_of};
use crate::pages::{BINARY, ENGINES, centre, out, register_codes, said, sign_in_new, signed_in};

const KEY: &str = "0198f000-0000-7000-8000-000000000001";

async fn a_token_works_until_it_is_taken_back_or_the_account_closed(engine: Engine) {
    let place = centre(engine).await;
    let serving = serving(&place);
    let first = token(&place, "sato", "staff");
    let second = token_of(&place, "sato");
    assert_ne!(first, second);
    for text in [&first, &second] {
        assert!(text.starts_with("clt_") && text.len() == 68, "{text}");
        assert_eq!(
            Program::with(&serving, text).get("/api/work-list").status,
            200
        );
    }
    let listed = said(&place, "token sato --json");
    assert_eq!(listed["tokens"].as_array().unwrap().len(), 2, "{listed}");
    assert!(!listed.to_string().contains(&first[4..20]), "{listed}");

    assert_eq!(said(&place, "token sato --revoke --json")["revoked"], 2);
    for text in [&first, &second] {
        let answer = Program::with(&serving, text).get("/api/work-list");
        assert_eq!(problem(&answer)["code"], "NOT_SIGNED_IN");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let third = token_of(&place, "sato");
    let program = Program::with(&serving, &third);
    assert_eq!(program.get("/api/work-list").status, 200);
    said(
        &place,
        "record close-account --account sato --occurred 2024-04-02 --json",
    );
    assert_eq!(program.get("/api/work-list").status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_works_until_it_is_taken_back_or_the_account_closed_on_both_engines() {
    for engine in ENGINES {
        a_token_works_until_it_is_taken_back_or_the_account_closed(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_of_an_account_that_is_open_and_lasts_a_year_at_most() {
    let place = Place::initialised(Engine::Sqlite).await;
    for (line, code) in [
        (&["token", "nobody", "--for", "1"][..], 2),
        (&["token", "nobody", "--for", "0"], 64),
        (&["token", "nobody", "--for", "367"], 64),
        (&["token", "nobody", "--for", "1", "--revoke"], 64),
    ] {
        let answer = place.run(line).await;
        assert_eq!(answer.code, code, "{line:?} {}", answer.err);
        assert!(!answer.out.contains("clt_"), "{}", answer.out);
    }
}

/// What was recorded about tokens, oldest first: who, and what.
fn recorded(place: &Place, event_type: &str) -> Vec<(String, Value)> {
    let lines = out(
        place,
        &format!("events list --type {event_type} --limit 1000 --json"),
    );
    let events = lines.lines().map(|line| {
        let position = serde_json::from_str::<Value>(line).unwrap()["position"].to_string();
        let event = said(place, &format!("events show {position} --json"));
        let actor = event["metadata"]["actor"].as_str().unwrap().to_owned();
        (actor, event["data"].clone())
    });
    events.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn making_and_taking_back_a_token_are_events_and_its_owner_sees_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let nothing = staff.open("/security").body;
    assert!(nothing.contains("動くプログラムはありません"), "{nothing}");
    let secret = token_of(&place, "sato");
    let names = || {
        let listed = said(&place, "token sato --json");
        let tokens = listed["tokens"].as_array().unwrap().clone();
        let names = tokens.into_iter().map(|one| one["name"].clone());
        names.collect::<Vec<Value>>()
    };
    let [name] = &names()[..] else {
        panic!("one token: {:?}", names());
    };

    let made = recorded(&place, "token-made");
    let [(by, what)] = &made[..] else {
        panic!("{made:?}");
    };
    assert!(!by.is_empty(), "who made it is known");
    assert_eq!((&what["account"], &what["token"]), (&json!("sato"), name));
    let until = said(&place, "token sato --json")["tokens"][0]["until"].clone();
    assert_eq!(what["until"], until);
    let shown = staff.open("/security").body;
    let name = name.as_str().unwrap();
    assert!(shown.contains(&format!("<code>{name}…</code>")), "{shown}");
    for part in [&secret[..], &secret[4..24]] {
        let log = out(&place, "events list --limit 1000 --json");
        assert!(!log.contains(part) && !what.to_string().contains(part));
        assert!(!shown.contains(part));
    }

    let second = token_of(&place, "sato");
    assert_ne!(secret, second);
    let both = names();
    said(&place, "token sato --revoke --json");
    said(&place, "token sato --revoke --json");
    let revoked = recorded(&place, "tokens-revoked");
    let [(by, what)] = &revoked[..] else {
        panic!("where there was none nothing was taken back: {revoked:?}");
    };
    assert!(!by.is_empty());
    assert_eq!(*what, json!({"account": "sato", "tokens": both}));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_second_factor_is_asked_for_a_token_lasts_a_month_at_most() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let _own = token(&place, "sato", "staff");
    let _own = token(&place, "kacho", "manager");
    // In a process of its own, which like the one that serves has the machine's clock.
    let make = |account: &str, days: &str| {
        let line = ["token", account, "--for", days];
        let output = place.process(BINARY, &line).output().unwrap();
        let [out, err] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        assert_eq!(output.status.success(), out.contains("clt_"), "{err}");
        (output.status.code(), err)
    };
    assert_eq!(make("sato", "366").0, Some(0));
    assert_eq!(make("kacho", "31").0, Some(0));
    let before = recorded(&place, "token-made").len();
    let (code, told) = make("kacho", "32");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("TOKEN_TOO_LONG"), "{told}");
    // Whoever registered one is asked for it whatever the rule.
    let mut staff = Browser::at(&serving);
    sign_in_new(&mut staff, &place, "sato", "staff");
    let _registered = register_codes(&mut staff);
    assert_eq!(make("sato", "32").0, Some(2));
    assert_eq!(recorded(&place, "token-made").len(), before);
    said(
        &place,
        "record set-second-factor-rule --role manager --required false --occurred 2024-04-01 --json",
    );
    assert_eq!(make("kacho", "366").0, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_manage_accounts_makes_no_token() {
    let place = centre(Engine::Sqlite).await;
    let _own = token(&place, "sato", "staff");
    let mut options = place.options_with("--actor", "sato");
    let line = ["token", "sato", "--for", "1"].map(str::to_owned);
    options.splice(0..0, line);
    let answer = place.run_exactly(&options).await;
    assert_eq!(answer.code, 2, "{}", answer.err);
    assert!(answer.err.contains("NO_PERMISSION"), "{}", answer.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browsers_session_looks_from_its_own_pages_and_sends_nothing() {
    let place = centre(Engine::Sqlite).await;
    let serving = serving(&place);
    let mut browser = signed_in(&serving, &place, "kacho", "manager");
    let own = browser.ask(
        "GET",
        "/api/work-list",
        "Sec-Fetch-Site: same-origin\r\n",
        "",
    );
    assert_eq!(own.status, 200, "{}", own.body);
    for other in ["cross-site", "same-site"] {
        let header = format!("Sec-Fetch-Site: {other}\r\n");
        let refused = browser.ask("GET", "/api/work-list", &header, "");
        assert_eq!(refused.status, 401, "{other}: {}", refused.body);
    }
    let command = json!({"command": "close-case", "child": "C101"}).to_string();
    let headers = format!(
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nIdempotency-Key: {KEY}\r\n"
    );
    let refused = browser.ask("POST", "/api/commands", &headers, &command);
    assert_eq!(refused.status, 401, "{}", refused.body);
    // The secret of a session is no token.
    let cookie = browser.cookie().unwrap().split_once('=').unwrap().1;
    for text in [cookie.to_owned(), format!("clt_{cookie}")] {
        let answer = Program::with(&serving, &text).get("/api/work-list");
        assert_eq!(answer.status, 401, "{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits_and_others_go_on() {
    let place = centre(Engine::Sqlite).await;
    let few = ["--requests-a-minute", "5"];
    let serving = ledger_tests::serving::Serving::start_with(&place, BINARY, &few);
    let (busy, other) = (
        token(&place, "sato", "staff"),
        token(&place, "ito", "staff"),
    );
    let busy = Program::with(&serving, &busy);
    let answers: Vec<u16> = (0..8)
        .map(|_| busy.get("/api/event-counts").status)
        .collect();
    assert_eq!(answers[..5], [200; 5], "{answers:?}");
    let late = busy.get("/api/event-counts");
    assert_eq!(problem(&late)["code"], "TOO_OFTEN");
    assert!(late.header("retry-after").is_some());
    let other = Program::with(&serving, &other);
    assert_eq!(other.get("/api/event-counts").status, 200);
}
