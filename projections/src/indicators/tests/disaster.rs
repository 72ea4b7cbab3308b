//! D: disaster preparedness.

use super::book::{Book, count, line, reasons, seen, share, year};
use crate::facts::Kind;
use ledger_core::code::Area;
use ledger_core::event::{ProgrammeEvent, ReviewTermSet};

fn agreed(book: &mut Book, person: &str, on: &str) {
    let plan = format!("plan-{person}");
    book.person(person, "2021-04-01");
    book.put(Kind::DisasterPlanDrafted, &plan, person, on)
        .detail = Some("centre".to_owned());
    book.put(Kind::DisasterPlanAgreed, &plan, person, on).value = Some(1);
}

#[test]
fn a_plan_is_current_on_day_365_and_overdue_on_day_366() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");

    assert_eq!(
        book.measure("D-2", seen(2023, "2023-05-10")).value,
        share(1, 1)
    );
    assert_eq!(
        book.measure("D-2", seen(2023, "2023-05-11")).value,
        share(0, 1)
    );
    assert_eq!(
        book.measure("D-3", seen(2023, "2023-05-11")).value,
        count(1)
    );
}

#[test]
fn the_terms_that_the_ward_sets_move_the_clock_for_everybody() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    let current = |book: &Book| book.measure("D-2", seen(2023, "2023-05-11")).value;
    assert_eq!(current(&book), share(0, 1));

    book.set(ProgrammeEvent::ReviewTermSet(ReviewTermSet {
        term: "disaster-plan-verification".to_owned(),
        days: 400,
        business_days: false,
    }));

    assert_eq!(current(&book), share(1, 1));
}

#[test]
fn a_leap_day_is_a_day() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2023-03-10");

    assert_eq!(
        book.measure("D-2", seen(2023, "2024-03-08")).value,
        share(1, 1)
    );
    assert_eq!(
        book.measure("D-2", seen(2023, "2024-03-09")).value,
        share(1, 1),
        "day 365, with 29 February"
    );
    assert_eq!(
        book.measure("D-2", seen(2023, "2024-03-10")).value,
        share(0, 1)
    );
}

#[test]
fn a_review_without_guardian_or_a_revision_does_not_reset_the_clock_and_a_verification_does() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    book.put(Kind::DisasterPlanReviewed, "plan-a", "a", "2023-04-10");
    book.put(Kind::DisasterPlanRevised, "plan-a", "a", "2023-04-10")
        .value = Some(2);
    book.put(Kind::DisasterPlanAgreed, "plan-a", "a", "2023-04-20")
        .value = Some(2);
    assert_eq!(
        book.measure("D-2", seen(2023, "2023-05-11")).value,
        share(0, 1)
    );

    book.put(Kind::DisasterPlanVerified, "plan-a", "a", "2023-04-10");
    assert_eq!(
        book.measure("D-2", seen(2023, "2023-05-11")).value,
        share(1, 1)
    );
}

#[test]
fn overdue_plans_are_long_overdue_after_548_days_and_due_soon_from_day_306() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-01-01");
    agreed(&mut book, "b", "2022-10-01");
    agreed(&mut book, "c", "2023-01-01");

    let overdue = |on| book.measure("D-3", seen(2023, on));

    let lines =
        |on| ["due-in-60-days", "overdue", "long-overdue"].map(|key| line(&overdue(on), key));
    assert_eq!(lines("2023-07-03"), [0, 1, 0].map(count), "548 days");
    assert_eq!(
        lines("2023-08-03"),
        [1, 0, 1].map(count),
        "b in its 306th day"
    );
    assert_eq!(
        overdue("2024-03-01").counted[0].subject.as_deref(),
        Some("a"),
        "the oldest first"
    );
}

#[test]
fn coverage_is_of_open_cases_that_want_a_plan_ventilator_users_apart() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    for person in ["b", "c", "d"] {
        book.person(person, "2021-04-01");
    }
    book.put(Kind::ProcedureStarted, "ventilator", "b", "2022-04-01");
    book.put(Kind::DisasterPlanNotWanted, "none", "c", "2022-05-10");
    book.put(Kind::CaseClosed, "case", "d", "2022-05-10");

    let coverage = book.measure("D-1", year(2022));

    assert_eq!(coverage.value, share(1, 2));
    assert_eq!(line(&coverage, "ventilator"), share(0, 1));
    assert_eq!(line(&coverage, "other"), share(1, 1));
    assert_eq!(reasons(&coverage), ["not-wanted", "case-closed"]);
    book.put(Kind::CaseReopened, "case", "d", "2022-06-10");
    assert_eq!(book.measure("D-1", year(2022)).value, share(1, 3));
}

#[test]
fn an_ended_plan_covers_nobody() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    book.put(Kind::DisasterPlanEnded, "plan-a", "a", "2022-06-10");

    assert_eq!(
        book.measure("D-1", seen(2022, "2022-06-09")).value,
        share(1, 1)
    );
    assert_eq!(book.measure("D-1", year(2022)).value, share(0, 1));
}

#[test]
fn a_change_of_care_behind_the_last_verification_asks_for_a_recheck() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    agreed(&mut book, "b", "2022-05-10");
    book.put(Kind::ProcedureStarted, "ventilator", "a", "2022-06-10");
    book.put(Kind::ProfileChanged, "phone", "b", "2022-06-10");
    assert_eq!(book.measure("D-4", year(2022)).value, share(1, 2));

    book.put(Kind::DisasterPlanVerified, "plan-a", "a", "2022-06-20");
    let checked = book.measure("D-4", year(2022));
    assert_eq!(checked.value, share(0, 2));
    assert_eq!(
        line(&checked, "days-to-recheck"),
        super::book::days(100, 10, 1)
    );
}

#[test]
fn verifications_tell_their_method_and_how_soon_a_revision_follows() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    for (on, result) in [("2022-06-10", "needs-revision"), ("2022-09-10", "valid")] {
        let verified = book.put(Kind::DisasterPlanVerified, "plan-a", "a", on);
        verified.other = Some(result.to_owned());
        verified.detail = Some("drill".to_owned());
    }
    book.put(Kind::DisasterPlanRevised, "plan-a", "a", "2022-07-10")
        .value = Some(2);

    let quality = book.measure("D-5", year(2022));

    assert_eq!(quality.value, share(1, 2));
    assert_eq!(line(&quality, "method/drill"), count(2));
    assert_eq!(line(&quality, "revised-in-30-days"), share(1, 1));
}

#[test]
fn power_is_asked_of_those_with_electric_devices() {
    let mut book = Book::default();
    for person in ["a", "b", "c", "d", "e", "f"] {
        agreed(&mut book, person, "2022-05-10");
    }
    book.put(Kind::ProcedureStarted, "suction", "e", "2022-05-01");
    book.put(Kind::ProcedureStarted, "glucose", "f", "2022-05-01");
    let mut sections = |person: &str, electric: &str, minutes| {
        let plan = format!("plan-{person}");
        let fact = book.put(Kind::DisasterPlanSections, &plan, person, "2022-05-11");
        (fact.detail, fact.value) = (Some(electric.to_owned()), minutes);
    };
    sections("a", "electric", Some(480));
    sections("b", "electric", None);
    sections("c", "not-electric", None);

    let power = book.measure("D-6", year(2022));

    // That of e, who needs suction, has no sections: it is the one that must not be left out.
    assert_eq!(power.value, share(1, 3));
    assert_eq!(
        reasons(&power),
        ["no-electric-device", "no-sections", "no-electric-device"]
    );
}

#[test]
fn a_ventilator_users_plan_belongs_to_the_district_centre_of_the_area() {
    let mut book = Book::default();
    agreed(&mut book, "a", "2022-05-10");
    agreed(&mut book, "b", "2022-05-10");
    book.put(Kind::AreaChanged, "kinuta", "a", "2022-05-10")
        .area = Some(Area::Kinuta);
    book.put(Kind::ProcedureStarted, "ventilator", "a", "2022-06-01");
    assert_eq!(book.measure("D-7", year(2022)).value, share(0, 1));

    let moved = book.put(Kind::DisasterPlanTransferred, "plan-a", "a", "2022-06-10");
    moved.detail = Some("district-centre".to_owned());
    moved.area = Some(Area::Kinuta);
    let right = book.measure("D-7", year(2022));
    assert_eq!(right.value, share(1, 1));
    assert_eq!(reasons(&right), ["no-ventilator"]);

    let away = book.put(Kind::DisasterPlanTransferred, "plan-a", "a", "2022-06-20");
    away.detail = Some("district-centre".to_owned());
    away.area = Some(Area::Setagaya);
    let wrong = book.measure("D-7", year(2022));
    assert_eq!(wrong.value, share(0, 1));
    assert_eq!(line(&wrong, "support/other-area"), count(1));
    let stated = book.put(Kind::DisasterPlanTransferred, "plan-a", "a", "2022-06-21");
    stated.detail = Some("district-centre".to_owned());
    stated.area = Some(Area::Setagaya);
    stated.codes = Some("family-wish".to_owned());
    let stated = book.measure("D-7", year(2022));
    assert_eq!(stated.value, share(1, 1));
    assert_eq!(line(&stated, "support/other-area-with-reason"), count(1));

    book.put(Kind::ProcedureEnded, "ventilator", "a", "2022-07-01");
    assert_eq!(book.measure("D-7", year(2022)).value, share(0, 0));
}
