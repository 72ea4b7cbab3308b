//! A child's number typed in short is put as the register has it, and asked about before anything is recorded for it.

use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::acts::{consultation, fields_at_fault, give, newest};
use super::{BINARY, centre, out, put_in_charge, said, signed_in};

const OTHER: &str = "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 \
                     --area kinuta --occurred R3.8.5 --json";

/// How many promises are recorded.
fn promises(place: &ledger_tests::program::Place) -> usize {
    let line = "events list --type follow-up-scheduled --limit 1000 --json";
    out(place, line).lines().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_takes_a_number_in_short_and_asks_whose_it_is() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/schedule-follow-up";
    let promise = |number: &'static str| {
        [
            ("child", number),
            ("occurred", "2024-04-10"),
            ("occurred", ""),
            ("due_on", "2024-04-20"),
        ]
    };

    for short in ["101", "c-101", "ｃー１０１"] {
        let asked = give(&mut staff, path, &promise(short));
        assert_eq!(asked.status, 422, "{short}: {}", asked.body);
        assert_eq!(fields_at_fault(&asked), ["child"], "{short}");
        for told in ["を C101 と読みました", "value=\"C101\"", "見本 花子"] {
            assert!(asked.body.contains(told), "{short}, {told}: {}", asked.body);
        }
    }
    assert_eq!(promises(&place), 0);
    let unknown = give(&mut staff, path, &promise("109"));
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    assert!(unknown.body.contains("value=\"109\""), "{}", unknown.body);
    let done = give(&mut staff, path, &promise("C101"));
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(promises(&place), 1);
    // Where the address names it, whose it is stands above from the beginning.
    let form = staff.open(&format!("{path}?child=101")).body;
    assert!(form.contains("見本 花子"), "{form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_reassigned_by_a_number_in_short_once_it_was_shown_whose_it_is() {
    let place = centre(Engine::Sqlite).await;
    said(&place, OTHER);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = format!("/events/{}/amend?act=reassign", consultation(&place));
    let to = [("to", "102"), ("reason", "wrong-person")];

    let asked = give(&mut staff, &path, &to);

    assert_eq!(asked.status, 422, "{}", asked.body);
    for told in ["value=\"C102\"", "砧"] {
        assert!(asked.body.contains(told), "{told}: {}", asked.body);
    }
    let sure = [to[0], to[1], ("shown", "C102")];
    let moved = give(&mut staff, &path, &sure);
    assert_eq!(moved.status, 200, "{}", moved.body);
    assert!(newest(&place, "event-reassigned") > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_missing_of_another_office_is_told_at_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let path = "/acts/make-referral";
    let made = [
        ("child", "C101"),
        ("occurred", "2024-04-10"),
        ("occurred", ""),
        ("urgency", "normal"),
        ("due_on", "2024-04-09"),
    ];

    let told = give(&mut staff, path, &made);

    assert_eq!(told.status, 422, "{}", told.body);
    let mut fields = fields_at_fault(&told);
    fields.sort_unstable();
    assert_eq!(fields, ["area", "due_on", "section"]);
    let clinic: Vec<_> = made.into_iter().chain([("party", "clinic")]).collect();
    let told = give(&mut staff, path, &clinic);
    let mut fields = fields_at_fault(&told);
    fields.sort_unstable();
    assert_eq!(fields, ["due_on", "organisation"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_chosen_by_its_day_as_long_as_it_is_not_kept() {
    let place = centre(Engine::Sqlite).await;
    for due in ["2024-04-20", "2024-05-20"] {
        said(
            &place,
            &format!(
                "record schedule-follow-up --child C101 --due-on {due} --occurred 2024-04-10 --json"
            ),
        );
    }
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/finish-follow-up?child=C101";
    let form = staff.open(path).body;
    for due in ["期限 令和6年4月20日", "期限 令和6年5月20日"] {
        assert_eq!(form.matches(due).count(), 1, "{due}: {form}");
    }
    let first = form
        .split("<option value=\"")
        .find(|one| one.contains("4月20日"));
    let first = first.unwrap().split('"').next().unwrap().to_owned();

    let kept = [
        ("child", "C101"),
        ("follow_up", &*first),
        ("occurred", "2024-04-12"),
        ("occurred", ""),
    ];
    let done = give(&mut staff, path, &kept);

    assert_eq!(done.status, 200, "{}", done.body);
    let form = staff.open(path).body;
    assert!(!form.contains("令和6年4月20日"), "{form}");
    assert!(form.contains("期限 令和6年5月20日"), "{form}");
}
