//! Two people amend one record: who comes second is told, keeps what they typed, and takes nothing of the first's back.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::{consultation, give, newest};
use super::{BINARY, centre, position, put_in_charge, said, signed_in};

/// The consultation as a form has it, with what somebody typed last.
fn fields<'f>(own: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let stands = [
        ("occurred", "2024-03-29"),
        ("occurred", "16:10"),
        ("event.consulter", "guardian"),
        ("event.channel", "phone"),
        ("event.topics", "respite"),
        ("event.duration_minutes", "20"),
        ("event.content", "短期入所"),
        ("reason", "other"),
        ("explanation", "書き直し"),
    ];
    let own_name = |name: &str| own.iter().any(|(field, _)| *field == name);
    let rest = stands.into_iter().filter(|(name, _)| !own_name(name));
    rest.chain(own.iter().copied()).collect()
}

/// Sends a form that was opened before.
fn send(browser: &mut Browser<'_>, form: &Response, path: &str, own: &[(&str, &str)]) -> Response {
    let hides = ["page_token", "typed_by", "command", "act", "latest"]
        .map(|name| (name, hidden(form, name)));
    let hides = hides.iter().map(|(name, text)| (*name, text.as_str()));
    let all: Vec<(&str, &str)> = hides.chain(fields(own)).collect();
    browser.send(path, &all)
}

fn two(place: &Place) -> String {
    put_in_charge(place, "sato");
    format!("/events/{}/amend", consultation(place))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_second_keeps_what_they_typed_and_takes_nothing_back() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut kacho = signed_in(&serving, &place, "kacho", "manager");
    let path = two(&place);
    let opened_before = sato.open(&path);
    let first = give(
        &mut kacho,
        &path,
        &fields(&[("event.duration_minutes", "35")]),
    );
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(first.body.contains("を記録しました。"), "{}", first.body);

    let own = ("event.content", "送迎の相談");
    let told = send(&mut sato, &opened_before, &path, &[own]);

    assert_eq!(told.status, 422, "{}", told.body);
    let said = "ほかの人がこの記録を訂正しました";
    assert!(told.body.contains(said), "{}", told.body);
    assert!(!told.body.contains("--latest"), "{}", told.body);
    let kept = ">送迎の相談</textarea>";
    assert!(told.body.contains(kept), "{}", told.body);
    let brought = "value=\"35\"";
    assert!(told.body.contains(brought), "{}", told.body);
    assert!(!hidden(&told, "latest").is_empty());

    let done = send(
        &mut sato,
        &told,
        &path,
        &[own, ("event.duration_minutes", "35")],
    );

    assert_eq!(done.status, 200, "{}", done.body);
    let again = sato.open(&path);
    assert!(
        again.body.contains(kept) && again.body.contains(brought),
        "{}",
        again.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_never_becomes_another_act() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut kacho = signed_in(&serving, &place, "kacho", "manager");
    let path = two(&place);
    let opened_before = sato.open(&path);
    let why = [("reason", "duplicate"), ("explanation", "二重")];
    let annulled = give(&mut kacho, &format!("{path}?act=annul"), &why);
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    let before = position(&place);

    let told = send(
        &mut sato,
        &opened_before,
        &path,
        &[("event.content", "送迎")],
    );

    assert_eq!(told.status, 422, "{}", told.body);
    assert!(
        told.body.contains("入力した内容は記録していません"),
        "{}",
        told.body
    );
    // That the record was opened is written, and nothing about the record.
    let opened = u64::from(position(&place) > before);
    assert!(position(&place) <= before + 2 * opened, "{}", told.body);
    let timeline = sato.open("/children/C101");
    assert!(timeline.body.contains("【取消し】"), "{}", timeline.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_for_one_child_is_not_offered_for_another() {
    let place = centre(Engine::Sqlite).await;
    said(
        &place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
         --area kinuta --occurred R3.8.5 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    let mut name = |path: &str| {
        let page = sato.open(path);
        let (_, rest) = page
            .body
            .split_once("data-form-name=\"")
            .expect("a form that is kept");
        rest.split('"').next().unwrap().to_owned()
    };
    for form in ["/record", "/acts/make-referral"] {
        let (one, other) = (format!("{form}?child=C101"), format!("{form}?child=C102"));
        assert_eq!(name(&one), name(&one));
        assert_ne!(name(&one), name(&other), "{form}");
        assert_ne!(name(&one), name(form), "{form}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_about_no_child_is_amended_from_its_own_page() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut kacho = signed_in(&serving, &place, "kacho", "manager");
    let kept = give(
        &mut kacho,
        "/acts/register-facility",
        &[
            ("occurred", "2024-04-01"),
            ("number", "F901"),
            ("name", "見本の園"),
            ("kind", "nursery"),
            ("area", "kinuta"),
        ],
    );
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert!(kept.body.contains("記録しました。"), "{}", kept.body);
    assert!(
        kept.body.contains("href=\"/organisations\""),
        "{}",
        kept.body
    );
    let link = kept
        .body
        .split("/amend\">訂正・取消しをする")
        .next()
        .unwrap();
    let path = link.rsplit("href=\"").next().unwrap();
    let why = [("reason", "duplicate"), ("explanation", "二重")];
    let annulled = give(&mut kacho, &format!("{path}/amend?act=annul"), &why);
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    assert!(
        annulled.body.contains("記録しました。"),
        "{}",
        annulled.body
    );
}

/// A browser ends lines otherwise than the ledger: a text of several lines was "corrected" with any other field.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_several_lines_that_comes_back_as_it_stands_is_no_change() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    said(
        &place,
        "record consultation --children C101 --consulter guardian --channel phone --topics respite \
         --duration-minutes 20 --occurred 2024-03-29T16:10 --content 一行目\n二行目 --json",
    );
    let path = format!("/events/{}/amend", newest(&place, "consultation-recorded"));
    let same = ("event.content", "一行目\r\n二行目");

    let nothing = give(&mut staff, &path, &fields(&[same]));
    let minutes = ("event.duration_minutes", "35");
    let done = give(&mut staff, &path, &fields(&[same, minutes]));

    assert_eq!(nothing.status, 422, "{}", nothing.body);
    assert_eq!(done.status, 200, "{}", done.body);
    let correction = newest(&place, "event-corrected");
    let shown = said(&place, &format!("events show {correction} --json"))["data"].to_string();
    assert!(shown.contains("duration_minutes"), "{shown}");
    assert!(!shown.contains("\"content\""), "{shown}");
}
