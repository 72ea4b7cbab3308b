//! Whom a record is about stands at the top of every form that records or amends it, with the name for whoever may open it.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::{consultation, give};
use super::{BINARY, centre, openings, put_in_charge, said, signed_in};

/// What a form says of whom it is about; nothing where it does not say.
fn told(page: &Response) -> &str {
    let whom = page
        .body
        .split_once("<dl class=\"facts whom\" id=\"whom\">");
    let whom = whom.and_then(|(_, rest)| rest.split_once("</dl>"));
    whom.map_or("", |(whom, _)| whom)
}

/// A second child, of whom nobody is in charge.
fn second_child(place: &Place) {
    said(
        place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
         --area kinuta --occurred R3.8.5 --json",
    );
}

/// That a page says number, name and birth of C101, and that the name is opened is recorded once.
fn names(place: &Place, browser: &mut Browser<'_>, path: &str) {
    let before = openings(place);
    let page = browser.open(path);
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    let whom = told(&page);
    for part in [
        "C101",
        "見本 花子（ミホン ハナコ）",
        "令和元年10月15日生",
        "歳",
    ] {
        assert!(whom.contains(part), "{path} {part}: {}", page.body);
    }
    assert_eq!(openings(place), before + 1, "{path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_records_is_told_for_whom() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    for path in [
        "/record?child=C101",
        "/record?child=c-101",
        "/record?child=%EF%BC%91%EF%BC%90%EF%BC%91",
        "/acts/make-referral?child=C101",
        "/acts/assess-mobility?child=C101",
    ] {
        names(&place, &mut staff, path);
    }
    for path in ["/record", "/record?child=C999", "/acts/make-referral"] {
        let page = staff.open(path);
        assert_eq!(told(&page), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_in_charge_is_told_the_number_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "suzuki", "staff");
    for path in ["/record?child=C101", "/acts/make-referral?child=C101"] {
        let page = staff.open(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        let whom = told(&page);
        assert!(
            whom.contains("C101") && whom.contains("担当ではない"),
            "{path}: {whom}"
        );
        for personal in ["花子", "ハナコ", "10月15日"] {
            assert!(!page.body.contains(personal), "{path} {personal}");
        }
    }
    assert_eq!(openings(&place), 0, "nothing was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn siblings_are_each_told_where_a_form_comes_back() {
    let place = centre(Engine::Sqlite).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let form = staff.open("/record");
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let fields = [
        ("page_token", &*token),
        ("command", &*command),
        ("children", "C101、C999 C102"),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "family"),
    ];

    let refused = staff.send("/record", &fields);

    assert_eq!(refused.status, 422, "{}", refused.body);
    let whom = told(&refused);
    assert!(whom.contains("C101") && whom.contains("花子"), "{whom}");
    // Of the second nobody is in charge, and the third there is not.
    assert!(whom.contains("C102") && !whom.contains("次郎"), "{whom}");
    assert!(!whom.contains("C999"), "{whom}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_persons_of_one_form_are_told_apart() {
    let place = centre(Engine::Sqlite).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let form = manager.open("/acts/merge-cases?survivor=C101&absorbed=C102");
    let whom = told(&form);
    let (one, other) = whom.split_once("</div>").expect("two persons");
    let has = |part: &str, number: &str, name: &str| part.contains(number) && part.contains(name);
    let both = [(one, other), (other, one)];
    let told_apart = both
        .iter()
        .any(|(one, other)| has(one, "C101", "花子") && has(other, "C102", "次郎"));
    assert!(told_apart, "{whom}");
    assert!(
        !whom.contains("<dt>対象者</dt>"),
        "each as what it is: {whom}"
    );
}

/// That a form says whose record it amends, what that says and of which day.
fn tells_its_record(place: &Place, browser: &mut Browser<'_>, path: &str) {
    names(place, browser, path);
    let page = browser.open(path).body;
    assert!(page.contains("令和6年3月29日 16:10"), "{path}: {page}");
    let said = page.split_once("<blockquote>").unwrap().1;
    let said = said.split("</blockquote>").next().unwrap();
    assert!(said.contains("短期入所"), "{path}: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_amends_is_told_whose_record_it_is_and_what_it_says() {
    let place = centre(Engine::Sqlite).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = format!("/events/{}/amend", consultation(&place));
    for act in ["correct", "annul", "reassign"] {
        tells_its_record(&place, &mut staff, &format!("{path}?act={act}"));
    }
    let why = [("reason", "duplicate"), ("explanation", "二重")];
    let annulled = give(&mut staff, &format!("{path}?act=annul"), &why);
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    tells_its_record(&place, &mut staff, &format!("{path}?act=reverse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reassignment_that_comes_back_tells_whose_the_record_would_be() {
    let place = centre(Engine::Sqlite).await;
    second_child(&place);
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let path = format!("/events/{}/amend?act=reassign", consultation(&place));

    // Nobody said why.
    let refused = give(&mut manager, &path, &[("to", "C102")]);

    assert_eq!(refused.status, 422, "{}", refused.body);
    let whom = told(&refused);
    assert!(whom.contains("花子") && whom.contains("次郎"), "{whom}");
    assert!(whom.contains("付替え先の対象者"), "{whom}");
}
