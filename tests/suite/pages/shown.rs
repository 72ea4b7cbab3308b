//! A number that was typed is shown as the child it is before anything is written, and whoever mistyped it takes it back.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::{fields_at_fault, give, newest};
use super::{BINARY, ENGINES, centre, openings, position, put_in_charge, said, signed_in};

/// What is asked before something is written.
const ASKED: &str = "この方で合っていますか";

/// A second child, of whom nobody is in charge.
fn second_child(place: &Place) {
    said(
        place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
         --area kinuta --occurred R3.8.5 --json",
    );
}

/// Sends the form of a page of /record about these numbers, with what it carries.
fn send(staff: &mut Browser<'_>, form: &Response, children: &str) -> Response {
    let carried = ["page_token", "command", "shown"].map(|name| (name, hidden(form, name)));
    let carried = carried.iter().map(|(name, text)| (*name, text.as_str()));
    let typed = [
        ("children", children),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "respite"),
        ("content", "言い間違えた番号"),
    ];
    let fields: Vec<_> = carried.chain(typed).collect();
    staff.send("/record", &fields)
}

async fn a_typed_number_is_shown_before_it_is_written(engine: Engine) {
    let place = centre(engine).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let form = staff.open("/record");
    let before = newest(&place, "staff-assigned");

    let asked = send(&mut staff, &form, "Ｃ101");
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(asked.body.contains(ASKED), "{}", asked.body);
    assert!(
        asked.body.contains("見本 花子（ミホン ハナコ）"),
        "{}",
        asked.body
    );
    assert!(
        asked.body.contains("言い間違えた番号</textarea>"),
        "{}",
        asked.body
    );
    assert!(asked.body.contains("<button form=\"typed-form\" autofocus"));
    // Another number than was shown is shown, too: with what everybody sees of whom they are not in charge of.
    let other = send(&mut staff, &asked, "C102");
    assert!(other.body.contains(ASKED), "{}", other.body);
    let (_, whom) = other.body.split_once("id=\"whom\"").unwrap();
    let whom = whom.split("</dl>").next().unwrap();
    assert!(whom.contains("C102") && whom.contains("砧"), "{whom}");
    assert!(!whom.contains("次郎") && !whom.contains("C101"), "{whom}");
    let log = said(&place, "status --json");
    assert_eq!(newest(&place, "staff-assigned"), before, "{log}");

    let written = send(&mut staff, &other, "C102");
    assert_eq!(written.status, 200, "{}", written.body);
    assert!(written.body.contains(">C102</a>（#"), "{}", written.body);
    let event = newest(&place, "consultation-recorded");
    // Who recorded it takes it back, sees no text for it, and nothing is opened.
    let opened = openings(&place);
    let path = format!("/events/{event}/amend?act=annul");
    assert!(written.body.contains(&path), "{}", written.body);
    let page = staff.open(&path);
    assert_eq!(page.status, 200, "{}", page.body);
    for hidden in ["言い間違えた番号", "次郎", "act=correct"] {
        assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
    }
    let annulled = give(
        &mut staff,
        &path,
        &[("reason", "wrong-person"), ("explanation", "番号の誤り")],
    );
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    assert_eq!(
        newest(&place, "event-annulled"),
        position_after(event, &place)
    );
    assert_eq!(openings(&place), opened, "nothing was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_taken_as_people_type_it_once_it_was_shown_whose_it_is() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let form = staff.open("/record");

    let asked = send(&mut staff, &form, "c-101 １０１");
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(asked.body.contains(ASKED), "{}", asked.body);
    assert!(asked.body.contains("value=\"C101\""), "{}", asked.body);
    let written = send(&mut staff, &asked, "C101");
    assert_eq!(written.status, 200, "{}", written.body);
    // What may be two numbers names nobody.
    let form = staff.open("/record");
    let refused = send(&mut staff, &form, "10-1");
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(!refused.body.contains(ASKED), "{}", refused.body);
}

/// The newest position, which lies behind an event.
fn position_after(event: u64, place: &Place) -> u64 {
    let newest = position(place);
    assert!(newest > event);
    newest
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_number_is_shown_before_it_is_written_on_both_engines() {
    for engine in ENGINES {
        a_typed_number_is_shown_before_it_is_written(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_charge_and_picked_the_child_is_asked_nothing() {
    let place = centre(Engine::Sqlite).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let own = staff.open("/record?child=C101");
    let written = send(&mut staff, &own, "C101");
    assert_eq!(written.status, 200, "{}", written.body);
    let own = staff.open("/record?child=C101");
    let changed = send(&mut staff, &own, "C101 C102");
    assert!(changed.body.contains(ASKED), "{}", changed.body);
    let others = staff.open("/record?child=C102");
    assert_eq!(hidden(&others, "shown"), "");
    let asked = send(&mut staff, &others, "C102");
    assert!(asked.body.contains(ASKED), "{}", asked.body);
    // Several at once are each shown.
    let both = send(&mut staff, &changed, "C101、C102");
    assert_eq!(both.status, 200, "{}", both.body);
    assert!(both.body.contains(">C102</a>（#"), "{}", both.body);
}

async fn a_reassignment_shows_to_whom_and_is_taken_back(engine: Engine) {
    let place = centre(engine).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let form = staff.open("/record?child=C101");
    let _written = send(&mut staff, &form, "C101");
    let path = format!("/events/{}/amend", newest(&place, "consultation-recorded"));
    let moving = format!("{path}?act=reassign");
    let to = [
        ("to", "C102"),
        ("reason", "wrong-person"),
        ("explanation", "兄の件"),
    ];

    let asked = give(&mut staff, &moving, &to);
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(asked.body.contains(ASKED), "{}", asked.body);
    assert_eq!(hidden(&asked, "shown"), "C102");
    assert!(asked.body.contains("兄の件</textarea>"), "{}", asked.body);
    let before = newest(&place, "consultation-recorded");
    let seen: Vec<_> = to.into_iter().chain([("shown", "C102")]).collect();
    let moved = give(&mut staff, &moving, &seen);
    assert_eq!(moved.status, 200, "{}", moved.body);
    let there = newest(&place, "consultation-recorded");
    assert!(there > before);
    // The child was another: whoever moved it moves it on, though not in charge there.
    let back = format!("/events/{there}/amend?act=reassign");
    assert!(moved.body.contains(&back), "{}", moved.body);
    assert!(!staff.open(&back).body.contains("言い間違えた番号"));
    let home = [
        ("to", "C101"),
        ("shown", "C101"),
        ("reason", "wrong-person"),
    ];
    let home = give(&mut staff, &back, &home);
    assert_eq!(home.status, 200, "{}", home.body);
    assert!(newest(&place, "consultation-recorded") > there);
    // Nobody else does.
    let mut other = signed_in(&serving, &place, "suzuki", "staff");
    assert_eq!(other.open(&back).status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reassignment_shows_to_whom_and_is_taken_back_on_both_engines() {
    for engine in ENGINES {
        a_reassignment_shows_to_whom_and_is_taken_back(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_mistakes_of_a_consultation_are_told_at_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open("/record");
    let carried = ["page_token", "command", "shown"].map(|name| (name, hidden(&form, name)));
    let carried: Vec<(&str, &str)> = carried
        .iter()
        .map(|(name, text)| (*name, &**text))
        .collect();
    let wrong = [
        "children",
        "occurred",
        "topics",
        "duration_minutes",
        "follow_up_due_on",
    ];
    for (minutes, topics) in [
        ("1441", ""),
        ("0", ""),
        ("-5", "respite"),
        ("1,441", "respite"),
    ] {
        let typed = [
            ("children", "C999"),
            ("occurred", "2094-03-29T16:10"),
            ("consulter", "guardian"),
            ("channel", "phone"),
            ("duration_minutes", minutes),
            ("follow_up_what", "期限のない約束"),
        ];
        let topics = Some(("topics", topics)).filter(|(_, text)| !text.is_empty());
        let fields: Vec<_> = carried.iter().copied().chain(typed).chain(topics).collect();

        let told = staff.send("/record", &fields);

        let wrong = wrong
            .iter()
            .filter(|field| **field != "topics" || topics.is_none());
        let wrong: Vec<&str> = wrong.copied().collect();
        assert_eq!(fields_at_fault(&told), wrong, "{minutes}: {}", told.body);
    }
}
