//! 今日の業務: what a button records at once, and what takes it back.

use ledger_tests::browsing::hidden;
use ledger_tests::ledger::Engine;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, centre, openings, position, put_in_charge, said, signed_in};

/// The hidden fields of the first form of a page that is sent to a path.
fn fields_of(page: &Response, path: &str) -> Vec<(String, String)> {
    let begins = format!("<form method=\"post\" action=\"{path}\">");
    let (_, form) = page.body.split_once(&begins).expect("the form");
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().to_owned())
    };
    inputs.map(pair).collect()
}

async fn a_promise_is_kept_with_one_button(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    said(
        &place,
        "record schedule-follow-up --child C101 --what 電話する --due-on 2024-04-20 --occurred 2024-04-12 --json",
    );
    let today = staff.open("/");
    let path = "/acts/finish-follow-up";
    let fields = fields_of(&today, path);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let before = (position(&place), openings(&place));

    let done = staff.send(path, &fields);

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("<h1>今日の業務"), "{}", done.body);
    let written = before.0 + 1;
    let told = format!("C101（#{written}）の記録をしました");
    assert!(done.body.contains(&told), "{}", done.body);
    assert!(!done.body.contains(path), "it is not due any more");
    assert_eq!(openings(&place), before.1, "nobody's text was opened");
    // A double click writes it once.
    let again = staff.send(path, &fields);
    assert!(again.body.contains(&told), "{}", again.body);
    assert_eq!(position(&place), written);

    // And back.
    let back = format!("/events/{written}/amend?act=annul");
    assert!(
        done.body.contains(&format!("href=\"{back}\"")),
        "{}",
        done.body
    );
    let form = staff.open(&back);
    assert_eq!(form.status, 200, "{}", form.body);
    let (token, command) = (hidden(&form, "form"), hidden(&form, "command"));
    let path = format!("/events/{written}/amend");
    let annulled = [
        ("form", &*token),
        ("command", &*command),
        ("act", "annul"),
        ("reason", "duplicate"),
        ("explanation", "まだ電話していない"),
    ];
    let timeline = staff.send(&path, &annulled);
    assert_eq!(timeline.status, 200, "{}", timeline.body);
    let today = staff.open("/");
    assert!(
        today.body.contains("/acts/finish-follow-up"),
        "{}",
        today.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_kept_with_one_button_on_sqlite() {
    a_promise_is_kept_with_one_button(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_kept_with_one_button_on_postgres() {
    a_promise_is_kept_with_one_button(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_is_not_from_ones_own_page_writes_nothing() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    said(
        &place,
        "record schedule-follow-up --child C101 --what 電話する --due-on 2024-04-20 --occurred 2024-04-12 --json",
    );
    let today = staff.open("/");
    let mut fields = fields_of(&today, "/acts/finish-follow-up");
    fields.retain(|(name, _)| name != "form");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let before = position(&place);

    let answer = staff.send("/acts/finish-follow-up", &fields);

    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(position(&place), before);
}
