//! What the people of the centre see and do in a browser, without scripts.

mod access_log;
mod account;
mod acts;
mod amend;
mod approvals;
mod asked;
mod audit;
mod audits;
mod browse;
mod browse_days;
mod choosing;
mod choosing_more;
pub(crate) mod committee;
mod committee_files;
mod committee_links;
mod committee_shown;
mod door;
mod emergency;
mod event;
mod exports;
mod first;
mod held;
mod help;
mod language;
mod limits;
mod matrix;
mod meetings;
mod paging;
pub(crate) mod person;
mod plans;
mod registering;
mod replay;
mod requests;
mod roles;
mod search;
mod second;
mod security;
mod settings;
mod shown;
mod staff;
mod system;
mod timeline;
mod tls;
mod today;
mod typed_numbers;
mod whom;

use ledger_tests::browsing::{Browser, code_of, hidden, path_of};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};
use serde_json::Value;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_care-ledger-under-test");
pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];
pub(crate) const PASSWORD: &str = "朝の公園で犬と歩く人たち 42";

/// A ledger with one child, C101, and nobody in charge.
pub(crate) async fn centre(engine: Engine) -> Place {
    let place = Place::initialised(engine).await;
    let register = [
        "record register-child --number C101 --name 見本　花子 --kana ミホン　ハナコ",
        "--birth-date 2019-10-15 --area kinuta --occurred R3.8.5",
    ];
    let words: Vec<&str> = register.iter().flat_map(|part| part.split(' ')).collect();
    let _registered = place.run(&words).await.done();
    place
}

/// The path of a new link for an account, which is opened in the role.
pub(crate) fn invited(place: &Place, account: &str, role: &str) -> String {
    let invited = said(place, &format!("invite {account} --role {role} --json"));
    path_of(invited["link"].as_str().unwrap())
}

/// Has somebody set their password, with which they are signed in.
pub(crate) fn sign_in_new(browser: &mut Browser<'_>, place: &Place, account: &str, role: &str) {
    let path = invited(place, account, role);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let page = browser.send(&path, &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains(account), "{}", page.body);
    if page.body.contains("<h1>サインインの設定</h1>") {
        let page = register_codes(browser);
        assert!(page.body.contains("<nav"), "{}", page.body);
    }
}

/// Has somebody register an app's codes, and gives the page to which that leads.
pub(crate) fn register_codes(browser: &mut Browser<'_>) -> Response {
    let settings = browser.open("/security");
    let form = ("page_token", &*hidden(&settings, "page_token"));
    let picture = browser.send("/security/codes/new", &[form]);
    assert!(picture.body.contains("<svg"), "{}", picture.body);
    browser.send("/security/codes", &[form, ("code", &code_of(&picture))])
}

/// A browser in which somebody is signed in who has just set a password.
pub(crate) fn signed_in<'s>(
    serving: &'s Serving,
    place: &Place,
    account: &str,
    role: &str,
) -> Browser<'s> {
    let mut browser = Browser::at(serving);
    sign_in_new(&mut browser, place, account, role);
    browser
}

/// Has a role sign in with its password alone: whoever signs in over and over is faster than an app has codes.
pub(crate) fn ask_for_no_second_factor(place: &Place, role: &str) {
    let set = format!("record set-second-factor-rule --role {role} --required false");
    said(place, &format!("{set} --occurred 2024-04-01 --json"));
}

/// Makes every session so many minutes older, in when it began or was used last, as if nobody had been there.
pub(crate) fn grown_older(place: &Place, column: &str, minutes: i64) {
    let keys = rusqlite::Connection::open(place.folder().join("centre.keys")).unwrap();
    let sql = format!("UPDATE sign_in_session SET {column} = {column} - ?1");
    let older = keys.execute(&sql, [minutes * 60_000_000]).unwrap();
    assert!(older > 0, "somebody is signed in");
}

/// What was typed before a sign-in, as a page sends it along.
pub(crate) fn draft(page: &Response) -> String {
    hidden(page, "draft").replace("&#38;", "&")
}

/// What the program says in a process of its own, which like the one that serves has the machine's clock.
pub(crate) fn said(place: &Place, line: &str) -> Value {
    serde_json::from_str(&out(place, line)).unwrap()
}

pub(crate) fn out(place: &Place, line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let output = place.process(BINARY, &words).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

/// Puts an account in charge of C101.
pub(crate) fn put_in_charge(place: &Place, account: &str) {
    said(
        place,
        &format!(
            "record assign-staff --child C101 --account {account} --charge main --occurred 2024-04-01 --json"
        ),
    );
}

/// How often somebody's text was opened.
pub(crate) fn openings(place: &Place) -> usize {
    out(
        place,
        "events list --type personal-text-opened --limit 1000 --json",
    )
    .lines()
    .count()
}

/// The newest position.
pub(crate) fn position(place: &Place) -> u64 {
    said(place, "status --json")["position"].as_u64().unwrap()
}

/// The id in a field of the newest event of a type.
pub(crate) fn id_of(place: &Place, event_type: &str, field: &str) -> String {
    let line = format!("events list --type {event_type} --limit 1000 --json");
    let lines = out(place, &line);
    let last = lines.lines().last().expect("an event of the type");
    let event: Value = serde_json::from_str(last).unwrap();
    let position = &event["position"];
    let shown = said(place, &format!("events show {position} --json"));
    let text = shown.to_string();
    let (_, rest) = text
        .split_once(&format!("\"{field}\":\""))
        .expect("the field");
    rest.split('"').next().unwrap().to_owned()
}
