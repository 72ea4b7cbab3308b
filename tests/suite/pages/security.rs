//! One's own password and sessions, on the page of the sign-in's settings.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, ENGINES, PASSWORD, centre, grown_older, out, signed_in};

/// Another password that is taken.
const ANOTHER: &str = "夕方の川べりで鳥を数える人 17";

/// Signs in with a password.
fn sign_in(browser: &mut Browser<'_>, password: &str) -> Response {
    browser.send("/sign-in", &[("account", "sato"), ("password", password)])
}

/// Asks for another password.
fn change(browser: &mut Browser<'_>, [old, new, again]: [&str; 3]) -> Response {
    let form = hidden(&browser.open("/security"), "page_token");
    let fields = [
        ("page_token", &*form),
        ("old", old),
        ("password", new),
        ("again", again),
    ];
    browser.send("/security/password", &fields)
}

async fn a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut elsewhere = Browser::at(&serving);
    assert_eq!(sign_in(&mut elsewhere, PASSWORD).status, 200);
    let events = || {
        let line = "events list --type sign-in-changed --limit 1000 --json";
        out(&place, line).lines().count()
    };
    let before = events();

    for (typed, field) in [
        ([PASSWORD, "短い", "短い"], "password"),
        ([PASSWORD, PASSWORD, PASSWORD], "password"),
        ([PASSWORD, ANOTHER, "ちがう"], "again"),
        (["いまのものではない合言葉です", ANOTHER, ANOTHER], "old"),
    ] {
        let told = change(&mut sato, typed);
        assert_eq!(told.status, 422, "{field}: {}", told.body);
        let link = format!("<a href=\"#{field}\" id=\"fault\">");
        assert!(told.body.contains(&link), "{field}: {}", told.body);
        assert!(
            told.body.contains("パスワードを変えていません"),
            "{}",
            told.body
        );
        assert!(!told.body.contains(ANOTHER), "{}", told.body);
    }
    assert_eq!(events(), before);
    assert_eq!(elsewhere.look("/").status, 200);

    let done = change(&mut sato, [PASSWORD, ANOTHER, ANOTHER]);

    assert!(done.body.contains("変更しました"), "{}", done.body);
    assert_eq!(events(), before + 1);
    assert_eq!(sato.look("/").status, 200, "who changed it stays");
    assert_eq!(elsewhere.look("/").status, 303, "the others are out");
    assert_eq!(sign_in(&mut elsewhere, PASSWORD).status, 422);
    assert_eq!(sign_in(&mut elsewhere, ANOTHER).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions_on_both_engines() {
    for engine in ENGINES {
        a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions(engine).await;
    }
}

async fn whoever_is_signed_in_sees_where_and_ends_it_elsewhere(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut suzuki = signed_in(&serving, &place, "suzuki", "staff");
    let alone = sato.open("/security").body;
    assert!(!alone.contains("ほかの端末からサインアウトする"), "{alone}");
    let mut elsewhere = Browser::at(&serving);
    let fields = [("account", "sato"), ("password", PASSWORD)];
    let headers = "Sec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0) Firefox/128.0\r\n";
    assert_eq!(elsewhere.post("/sign-in", headers, &fields).status, 303);

    let page = sato.open("/security");

    let (_, sessions) = page.body.split_once("id=\"sessions\"").unwrap();
    let sessions = sessions.split("</table>").next().unwrap();
    assert_eq!(
        sessions.matches("<tr><th scope=\"row\">").count(),
        2,
        "{sessions}"
    );
    assert_eq!(sessions.matches("（この端末）").count(), 1, "{sessions}");
    assert!(sessions.contains("Firefox / Windows"), "{sessions}");
    assert!(sessions.contains("127.0.0.1"), "{sessions}");
    let form = hidden(&page, "page_token");
    let ended = sato.send("/security/sessions/end", &[("page_token", &form)]);
    assert!(
        ended.body.contains("ほかの端末からサインアウトしました"),
        "{}",
        ended.body
    );
    assert_eq!(elsewhere.look("/").status, 303);
    assert_eq!(sato.look("/").status, 200);
    assert_eq!(suzuki.look("/").status, 200, "nobody else is signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_sees_where_and_ends_it_elsewhere_on_both_engines() {
    for engine in ENGINES {
        whoever_is_signed_in_sees_where_and_ends_it_elsewhere(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_over_is_listed_no_more() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    grown_older(&place, "seen_at", 16);
    let page = sign_in(&mut sato, PASSWORD);
    assert_eq!(page.status, 200, "{}", page.body);

    let page = sato.open("/security").body;

    let (_, sessions) = page.split_once("id=\"sessions\"").unwrap();
    let sessions = sessions.split("</table>").next().unwrap();
    assert_eq!(
        sessions.matches("<tr><th scope=\"row\">").count(),
        1,
        "{sessions}"
    );
}
