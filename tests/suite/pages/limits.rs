//! How often somebody tries to sign in, opens pages and takes lists along, and what asks for the password anew.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::{
    BINARY, PASSWORD, ask_for_no_second_factor, centre, draft, grown_older, openings, out,
    position, signed_in,
};

/// A try to sign in from an address that a proxy tells.
fn tries(browser: &mut Browser<'_>, from: &str, account: &str, password: &str) -> u16 {
    let headers = format!("Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: 10.9.9.9, {from}\r\n");
    let fields = [("account", account), ("password", password)];
    browser.post("/sign-in", &headers, &fields).status
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_over_and_over_shuts_nobody_else_out() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start_with(&place, BINARY, &["--behind-tls"]);
    let _sato = signed_in(&serving, &place, "sato", "staff");
    let mut other = Browser::at(&serving);

    let of_names = (0..30).map(|n| tries(&mut other, "192.0.2.66", &format!("name-{n}"), "wrong"));
    let of_names: Vec<u16> = of_names.collect();
    assert_eq!(of_names[..20], [422; 20], "{of_names:?}");
    assert_eq!(of_names[20..], [429; 10], "{of_names:?}");
    assert_eq!(tries(&mut other, "192.0.2.66", "sato", PASSWORD), 429);

    let mut desk = Browser::at(&serving);
    assert_eq!(tries(&mut desk, "192.0.2.1", "sato", PASSWORD), 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_accounts_name_is_in_no_log() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = signed_in(&serving, &place, "sato", "staff");
    let typed = "himitsu-no-aikotoba-2026";
    for (account, password) in [(typed, "x"), ("sato", "wrong password, wrong")] {
        let fields = [("account", account), ("password", password)];
        assert_eq!(browser.send("/sign-in", &fields).status, 422);
    }

    let log = serving.log();

    assert!(log.contains("sato"), "{log}");
    assert!(log.contains("no account has"), "{log}");
    assert!(!log.contains("himitsu"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_opens_too_many_pages_is_told_to_wait() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start_with(&place, BINARY, &["--pages-a-minute", "8"]);
    let mut busy = signed_in(&serving, &place, "sato", "staff");
    let token = hidden(&busy.open("/record"), "page_token");
    let answers: Vec<u16> = (0..10).map(|_| busy.open("/children").status).collect();

    assert_eq!(answers.last(), Some(&429), "{answers:?}");
    let late = busy.open("/children");
    assert!(late.body.contains("1分ほど待ってから"), "{}", late.body);
    assert_eq!(busy.open("/assets/care-ledger.css").status, 200);
    // What was typed is taken all the same.
    assert_eq!(busy.send("/record", &[("page_token", &token)]).status, 422);
    let mut other = signed_in(&serving, &place, "ito", "staff");
    assert_eq!(other.open("/children").status, 200);
}

/// How many lists were taken along.
fn exports(place: &Place) -> usize {
    let lines = out(
        place,
        "events list --type list-exported --limit 1000 --json",
    );
    lines.lines().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_lists_are_taken_along_a_day_and_the_page_says_how_many() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start_with(&place, BINARY, &["--exports-a-day", "3"]);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let page = manager.open("/children");
    assert!(page.body.contains("一人1日3回まで"), "{}", page.body);
    for path in [
        "/children?format=csv",
        "/referrals?format=xlsx",
        "/events?format=csv",
    ] {
        assert_eq!(manager.open(path).status, 200, "{path}");
    }

    let refused = manager.open("/children?format=csv");

    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!(
        refused.body.contains("画面と印刷はそのまま使えます"),
        "{}",
        refused.body
    );
    assert_eq!(manager.open("/children").status, 200);
    let text = manager.open("/children/C101?format=csv");
    assert_eq!(
        (text.status, openings(&place)),
        (429, 0),
        "nothing is opened"
    );
    // Another's are not counted.
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    assert_eq!(auditor.open("/children?format=csv").status, 200);
    assert_eq!(exports(&place), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_along_by_whoever_signed_in_lately() {
    let place = centre(Engine::Sqlite).await;
    ask_for_no_second_factor(&place, "manager");
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    grown_older(&place, "begun_at", 11);
    for path in [
        "/children?area=kinuta&format=csv",
        "/children/C101?format=xlsx",
    ] {
        let sent = manager.look(path);
        assert_eq!(sent.status, 303, "{path}: {}", sent.body);
        assert!(
            sent.header("location")
                .unwrap()
                .starts_with("/sign-in?to=%2Fchildren")
        );
    }
    assert_eq!((exports(&place), openings(&place)), (0, 0));
    let asked = manager.open("/children?area=kinuta&format=csv");
    assert!(
        asked.body.contains("サインインから10分以内"),
        "{}",
        asked.body
    );

    let to = hidden(&asked, "to");
    assert_eq!(to, "/children?area=kinuta");
    let fields = [("to", &*to), ("account", "kacho"), ("password", PASSWORD)];
    let list = manager.send("/sign-in", &fields);
    assert!(list.body.contains("<h1>対象者"), "{}", list.body);
    assert_eq!(manager.open("/children?area=kinuta&format=csv").status, 200);
    assert_eq!(exports(&place), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_is_declared_by_whoever_signed_in_lately_and_the_reason_is_kept() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let asked = staff.open("/children/C101");
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    grown_older(&place, "begun_at", 11);
    let before = position(&place);
    let typed = |page| {
        let fields = ["page_token", "account", "command"].map(|name| (name, hidden(page, name)));
        fields.to_vec()
    };
    let send = |staff: &mut Browser<'_>, page| {
        let typed = typed(page);
        let typed = typed.iter().map(|(name, value)| (*name, value.as_str()));
        let reason = [("reason", "夜間に主治医から電話")];
        staff.send(&path, &typed.chain(reason).collect::<Vec<_>>())
    };

    let kept = send(&mut staff, &asked);
    assert_eq!(kept.status, 401, "{}", kept.body);
    assert!(
        kept.body.contains("入力した内容は残っています"),
        "{}",
        kept.body
    );
    assert_eq!(position(&place), before, "nothing is recorded");

    let (to, typed) = (hidden(&kept, "to"), draft(&kept));
    let fields = [
        ("to", &*to),
        ("draft", &*typed),
        ("account", "sato"),
        ("password", PASSWORD),
    ];
    let again = staff.send("/sign-in", &fields);
    assert!(
        again.body.contains("夜間に主治医から電話</textarea>"),
        "{}",
        again.body
    );
    assert_eq!(openings(&place), 0);
    let opened = send(&mut staff, &again);
    assert!(opened.body.contains("見本 花子"), "{}", opened.body);
    assert_eq!(openings(&place), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_who_gets_in_asks_for_the_password_anew_from_the_other_records_too() {
    let place = centre(Engine::Sqlite).await;
    ask_for_no_second_factor(&place, "admin");
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let form = admin.open("/acts/open-account");
    let fields = ["page_token", "typed_by", "command"].map(|name| (name, hidden(&form, name)));
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
    let typed = [("name", "atarashii"), ("role", "manager")];
    let fields: Vec<(&str, &str)> = fields.chain(typed).collect();
    grown_older(&place, "begun_at", 11);
    let before = position(&place);

    let kept = admin.send("/acts/open-account", &fields);

    assert_eq!(kept.status, 401, "{}", kept.body);
    assert!(draft(&kept).contains("atarashii"), "{}", kept.body);
    assert_eq!(position(&place), before, "nothing is recorded");
}
