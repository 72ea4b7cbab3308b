//! C: referrals and their loops; E-6: unmet need.

use super::book::{Book, count, day, days, line, reasons, seen, share, year};
use crate::facts::Kind;

fn made(book: &mut Book, thing: &str, on: &str) {
    let fact = book.put(Kind::ReferralMade, thing, "a", on);
    fact.value = Some(1);
    fact.other = Some("district-centre".to_owned());
    fact.detail = Some("health-welfare".to_owned());
    fact.area = Some(ledger_core::code::Area::Kinuta);
}

#[test]
fn a_loop_is_closed_by_completion_and_feedback_alone() {
    let mut book = Book::default();
    for thing in [
        "closed",
        "unfed",
        "withdrawn",
        "redirected",
        "declined",
        "open",
    ] {
        made(&mut book, thing, "2022-05-10");
    }
    made(&mut book, "young", "2023-03-20");
    book.put(Kind::ReferralMade, "incoming", "a", "2022-05-10")
        .value = Some(0);
    book.put(Kind::ReferralCompleted, "closed", "a", "2022-06-10");
    book.put(Kind::ReferralFedBack, "closed", "a", "2022-06-20");
    book.put(Kind::ReferralCompleted, "unfed", "a", "2022-06-10");
    book.put(Kind::ReferralEnded, "withdrawn", "a", "2022-06-10")
        .detail = Some("withdrawn".to_owned());
    book.put(Kind::ReferralEnded, "redirected", "a", "2022-06-10")
        .detail = Some("redirected".to_owned());
    book.put(Kind::ReferralDeclined, "declined", "a", "2022-06-10");

    let closed = book.measure("C-1", year(2022));

    assert_eq!(closed.value, share(1, 5));
    assert_eq!(line(&closed, "direction/outgoing"), share(1, 4));
    assert_eq!(line(&closed, "direction/incoming"), share(0, 1));
    assert_eq!(
        reasons(&closed),
        ["withdrawn", "redirected", "younger-than-30-days"]
    );
    assert_eq!(
        book.measure("C-1", seen(2022, "2022-06-15")).value,
        share(0, 5),
        "as of before the feedback"
    );
}

#[test]
fn a_reopened_referral_is_open_again() {
    let mut book = Book::default();
    made(&mut book, "r", "2022-05-10");
    book.put(Kind::ReferralCompleted, "r", "a", "2022-06-10");
    book.put(Kind::ReferralFedBack, "r", "a", "2022-06-11");
    assert_eq!(book.measure("C-1", year(2022)).value, share(1, 1));

    book.put(Kind::ReferralReopened, "r", "a", "2022-07-10");
    assert_eq!(book.measure("C-1", year(2022)).value, share(0, 1));
    assert_eq!(book.measure("C-4", year(2022)).value, share(1, 1));

    book.put(Kind::ReferralCompleted, "r", "a", "2022-08-10");
    assert_eq!(book.measure("C-4", year(2022)).value, share(0, 0));
}

#[test]
fn a_referral_is_overdue_after_three_and_after_ten_business_days() {
    let late = |on: &str, received: bool| {
        let mut book = Book::default();
        made(&mut book, "r", "2022-05-13");
        if received {
            book.put(Kind::ReferralReceived, "r", "a", "2022-05-16");
        }
        book.measure("C-4", seen(2022, on)).value
    };

    assert_eq!(late("2022-05-18", false), share(0, 1));
    assert_eq!(late("2022-05-19", false), share(1, 1));
    assert_eq!(late("2022-05-27", true), share(0, 1));
    assert_eq!(late("2022-05-30", true), share(1, 1));
}

#[test]
fn what_was_withdrawn_or_annulled_is_never_overdue() {
    let mut book = Book::default();
    made(&mut book, "r", "2022-05-13");
    made(&mut book, "s", "2022-05-13");
    book.facts[1].due = Some(day("2022-05-20"));
    let second = book.facts[1].event;
    assert_eq!(book.measure("C-4", year(2022)).value, share(2, 2));

    book.put(Kind::ReferralEnded, "r", "a", "2022-05-20").detail = Some("withdrawn".to_owned());
    book.annul(second);

    let open = book.measure("C-4", year(2022));
    assert_eq!(open.value, share(0, 0));
    assert_eq!(reasons(&open), ["not-open"]);
}

#[test]
fn turnaround_is_told_by_stretch_and_section() {
    let mut book = Book::default();
    made(&mut book, "r", "2022-05-10");
    book.put(Kind::ReferralReceived, "r", "a", "2022-05-12");
    book.put(Kind::ReferralAccepted, "r", "a", "2022-05-17");
    book.put(Kind::ReferralCompleted, "r", "a", "2022-05-27");

    let turnaround = book.measure("C-2", year(2022));

    assert_eq!(turnaround.value, days(20, 2, 1));
    assert_eq!(
        line(&turnaround, "received-decided/health-welfare"),
        days(50, 5, 1)
    );
    assert_eq!(line(&turnaround, "decided-completed"), days(100, 10, 1));
}

#[test]
fn the_matrix_and_unmet_need_tell_where() {
    let mut book = Book::default();
    made(&mut book, "r", "2022-05-10");
    made(&mut book, "s", "2022-05-10");
    made(&mut book, "t", "2022-05-10");
    book.put(Kind::ReferralAccepted, "r", "a", "2022-05-12");
    book.put(Kind::ReferralDeclined, "s", "a", "2022-05-12");
    book.put(Kind::ReferralCompleted, "r", "a", "2022-06-12")
        .detail = Some("not-possible".to_owned());

    let matrix = book.measure("C-5", year(2022));

    assert_eq!(matrix.value, count(3));
    assert_eq!(line(&matrix, "kinuta/health-welfare/accepted"), count(1));
    assert_eq!(line(&matrix, "kinuta/health-welfare/overdue"), count(1));
    assert_eq!(book.measure("C-3", year(2022)).value, share(1, 2));
    assert_eq!(book.measure("E-6", year(2022)).value, count(2));
}

/// What other offices referred to the centre stood in no figure, so that nobody saw it wait.
#[test]
fn referrals_to_the_centre_are_measured_like_its_own_and_told_apart() {
    let mut book = Book::default();
    made(&mut book, "own", "2022-05-10");
    made(&mut book, "to-us", "2022-05-10");
    book.facts[1].value = Some(0);

    let overdue = book.measure("C-4", seen(2022, "2022-05-16"));
    assert_eq!(overdue.value, share(1, 2), "what came has been received");
    let overdue = book.measure("C-4", seen(2022, "2022-06-01"));
    assert_eq!(overdue.value, share(2, 2));
    assert_eq!(line(&overdue, "direction/incoming"), share(1, 1));

    book.put(Kind::ReferralAccepted, "to-us", "a", "2022-05-12");
    book.put(Kind::ReferralCompleted, "to-us", "a", "2022-05-20");
    book.put(Kind::ReferralFedBack, "to-us", "a", "2022-05-21");
    let closed = book.measure("C-1", year(2022));
    assert_eq!(line(&closed, "direction/incoming"), share(1, 1));
    let turnaround = book.measure("C-2", year(2022));
    assert_eq!(
        line(&turnaround, "received-decided/incoming"),
        days(20, 2, 1)
    );
    let declined = book.measure("C-3", year(2022));
    assert_eq!(line(&declined, "direction/incoming"), share(0, 1));
    let matrix = book.measure("C-5", year(2022));
    assert_eq!(matrix.value, count(2));
    assert_eq!(line(&matrix, "kinuta/health-welfare/made"), count(1));
    assert_eq!(
        line(&matrix, "kinuta/health-welfare/incoming/accepted"),
        count(1)
    );
}

#[test]
fn unmet_need_is_of_contacts_and_referrals_by_topic_and_where_the_person_lives() {
    let mut book = Book::default();
    book.put(Kind::PersonKnown, "a", "a", "2022-04-01").area =
        Some(ledger_core::code::Area::Tamagawa);
    made(&mut book, "r", "2022-05-10");
    book.put(Kind::ReferralDeclined, "r", "a", "2022-05-12");
    book.put(Kind::ServiceMissing, "contact", "a", "2022-05-20")
        .codes = Some("respite,transport".to_owned());

    let unmet = book.measure("E-6", year(2022));

    assert_eq!(unmet.value, count(2));
    assert_eq!(line(&unmet, "area/tamagawa"), count(2));
    assert_eq!(line(&unmet, "topic/respite"), count(1));
    assert_eq!(line(&unmet, "by/contact"), count(1));
    assert_eq!(line(&unmet, "to/health-welfare"), count(1));
}
