//! Whoever registers somebody is asked about those who are there already, is proposed a number and told what comes next.

use ledger_tests::browsing::{Browser, filled};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::newest;
use super::{BINARY, ENGINES, centre, id_of, openings, out, said, signed_in};

const PATH: &str = "/acts/register-child";

/// Sends the form of a page as it is filled in, with these fields changed.
fn send(browser: &mut Browser<'_>, page: &Response, changed: &[(&str, &str)]) -> Response {
    let mut fields = filled(page, PATH);
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| name != other));
    let kept = fields.iter().map(|(name, text)| (&**name, &**text));
    let all: Vec<(&str, &str)> = kept.chain(changed.iter().copied()).collect();
    browser.send(PATH, &all)
}

/// What stands in a field of the form.
fn stands(page: &Response, field: &str) -> String {
    let fields = filled(page, PATH);
    let found = fields.into_iter().find(|(name, _)| name == field);
    found.unwrap_or_else(|| panic!("{field}: {}", page.body)).1
}

/// How many persons are registered.
fn registered(place: &Place) -> usize {
    let line = "events list --type child-registered --limit 1000 --json";
    out(place, line).lines().count()
}

/// What the form says that comes back; the numbers stand in the middle.
const ALIKE: [&str; 2] = [
    "氏名（またはフリガナ）が同じで、生年月日も同じか近い（または不明な）方が ",
    " として登録されています。",
];

/// That the form came back with whom it would register a second time.
fn asks(place: &Place, page: &Response, numbers: &str) {
    assert_eq!(page.status, 422, "{}", page.body);
    let said = ALIKE.join(numbers);
    assert!(page.body.contains(&said), "{said}: {}", page.body);
    assert_eq!(openings(place), 0, "names are compared and shown to nobody");
}

/// Somebody who was there was registered a second time at the first click.
async fn whoever_is_there_is_asked_about_once(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);

    // Spelled without the space, in kana alone, and under another name with the same kana.
    let born = ("birth_date", "2019-10-15");
    let asked = send(&mut staff, &form, &[("name", "見本花子"), born]);
    asks(&place, &asked, "C101");
    assert!(!asked.body.contains("ハナコ"), "{}", asked.body);
    let asked = send(&mut staff, &asked, &[("name", "ﾐﾎﾝ ﾊﾅｺ")]);
    asks(&place, &asked, "C101");
    let asked = send(
        &mut staff,
        &asked,
        &[("name", "見本花子"), ("birth_date", "")],
    );
    asks(&place, &asked, "C101");
    let named = [("name", "例示　華子"), born, ("kana", "みほん はなこ")];
    let asked = send(&mut staff, &asked, &named);
    asks(&place, &asked, "C101");
    assert_eq!(registered(&place), 1);

    // What is changed beside name and birth date is not asked about.
    let done = send(&mut staff, &asked, &[("area", "kinuta")]);
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("」を記録しました"), "{}", done.body);
    assert_eq!(registered(&place), 2);
    // Sent twice it is recorded once.
    let again = send(&mut staff, &asked, &[("area", "kinuta")]);
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(registered(&place), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_there_is_asked_about_once_on_both_engines() {
    for engine in ENGINES {
        whoever_is_there_is_asked_about_once(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_birth_date_that_was_changed_is_compared_as_it_stands() {
    let place = centre(Engine::Sqlite).await;
    said(
        &place,
        "record change-profile --child C101 --field birth-date --old 2019-10-15 --new 2020-02-10 \
         --occurred 2024-04-02 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);
    let born = |day| [("name", "見本 花子"), ("birth_date", day)];

    let asked = send(&mut staff, &form, &born("2020-02-11"));
    asks(&place, &asked, "C101");
    let done = send(&mut staff, &form, &born("2019-10-15"));
    assert_eq!(done.status, 200, "{}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_or_birth_date_is_asked_about_anew() {
    let place = centre(Engine::Sqlite).await;
    said(
        &place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
         --area kinuta --occurred R3.8.5 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);
    let first = [("name", "見本 花子"), ("birth_date", "2019-10-15")];
    let asked = send(&mut staff, &form, &first);
    asks(&place, &asked, "C101");
    let second = [("name", "見本 次郎"), ("birth_date", "2020-01-15")];
    let asked = send(&mut staff, &asked, &second);
    asks(&place, &asked, "C102");
    let asked = send(&mut staff, &asked, &first);
    asks(&place, &asked, "C101");

    // The same name alone is another person's, too.
    let done = send(&mut staff, &asked, &[("birth_date", "2020-01-15")]);

    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(registered(&place), 3);
}

/// Somebody was registered as 1 beside C001, and from then on 1 meant the other child.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_taken_for_another_is_asked_about_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);
    let named = [("name", "例示　太郎"), ("birth_date", "2020-01-15")];
    let with = |number| [named[0], named[1], ("number", number)];
    let told = "C101 が登録されているため、この番号では取り違えのおそれがあります。";

    let asked = send(&mut staff, &form, &with("101"));
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(asked.body.contains(told), "{}", asked.body);
    let asked = send(&mut staff, &asked, &with("c-101"));
    assert_eq!(asked.status, 422, "another number: {}", asked.body);
    assert!(asked.body.contains(told), "{}", asked.body);
    assert_eq!(registered(&place), 1);

    let done = send(&mut staff, &asked, &with("c-101"));
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(registered(&place), 2);
    let form = staff.open(PATH);
    let other = send(
        &mut staff,
        &form,
        &[("name", "例示　次郎"), ("number", "C1010")],
    );
    assert_eq!(other.status, 200, "{}", other.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_new_is_registered_at_once_and_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);
    let fields = [
        ("number", ""),
        ("name", "例示　太郎"),
        ("birth_date", "2019-10-15"),
    ];
    // The answer was lost, say: whom the form registered is nobody else.
    for _ in 0..2 {
        let done = send(&mut staff, &form, &fields);
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(registered(&place), 2);
    }
    // Of whoever has no number the id is told.
    let other = staff.open(PATH);
    let asked = send(&mut staff, &other, &fields);
    asks(&place, &asked, &id_of(&place, "child-registered", "child"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_number_stands_in_the_form_and_is_changed() {
    let place = Place::initialised(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    assert_eq!(stands(&staff.open(PATH), "number"), "C001");
    for (number, next) in [
        ("C009", "C010"),
        ("D500", "C010"),
        ("C002", "C010"),
        ("C0150", "C0151"),
    ] {
        let register = format!("record register-child --number {number} --name 見本{number}");
        said(&place, &format!("{register} --occurred R3.8.5 --json"));
        assert_eq!(stands(&staff.open(PATH), "number"), next, "{number}");
    }

    // What was typed stays, and nothing is put in where it was taken out.
    let form = staff.open(PATH);
    let back = send(&mut staff, &form, &[("number", ""), ("name", "")]);
    assert_eq!(back.status, 422, "{}", back.body);
    assert_eq!(stands(&back, "number"), "");
    let done = send(&mut staff, &back, &[("number", "C900"), ("name", "例示")]);
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains(">C900</a>"), "{}", done.body);
    assert_eq!(stands(&staff.open(PATH), "number"), "C901");
}

/// Nothing said that it was recorded, and nothing led to whom was registered.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_number_is_told_once_registered_with_the_way_to_a_charge() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open(PATH);

    let fields = [
        ("number", ""),
        ("name", "例示　太郎"),
        ("occurred", "2024-04-01"),
    ];
    let done = send(&mut staff, &form, &fields);

    assert_eq!(done.status, 200, "{}", done.body);
    let (at, id) = (
        newest(&place, "child-registered"),
        id_of(&place, "child-registered", "child"),
    );
    let said_so = format!(
        "<a href=\"/children/{id}#e{at}\">{id}</a>（#{at}）に「対象者を台帳に登録」を記録しました"
    );
    assert!(done.body.contains(&said_so), "{said_so}: {}", done.body);
    let charge = format!("/acts/assign-staff?child={id}");
    let link = format!("<a href=\"{charge}\">担当を決める</a>");
    assert!(done.body.contains(&link), "{link}: {}", done.body);
    let assign = staff.open(&charge);
    assert_eq!(assign.status, 200, "{}", assign.body);
    assert!(assign.body.contains(&id), "{}", assign.body);

    // Once somebody is in charge nothing leads there.
    let assign = format!("record assign-staff --child {id} --account sato --charge main");
    said(&place, &format!("{assign} --occurred 2024-04-02 --json"));
    let later = staff.open(&format!("/?recorded={at}"));
    assert!(later.body.contains(&said_so), "{}", later.body);
    assert!(!later.body.contains(&link), "{}", later.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_the_record_is_led_to_a_charge_there() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let form = manager.open(PATH);

    let done = send(&mut manager, &form, &[("name", "例示　太郎")]);

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("を記録しました。"), "{}", done.body);
    let link = "<a href=\"/acts/assign-staff?child=C102\">担当を決める</a>";
    assert!(done.body.contains(link), "{}", done.body);
}
