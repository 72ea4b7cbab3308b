//! B: timeliness; F: facilities; G: families.

use super::book::{Book, count, day, days, line, mean, reasons, seen, share, year};
use crate::facts::Kind;
use crate::indicators::Amount;

#[test]
fn a_notice_waits_for_the_agreed_plan_and_an_open_one_stands_beside() {
    let mut book = Book::default();
    for (stay, person) in [("s", "a"), ("t", "b"), ("u", "c")] {
        book.put(Kind::DischargeNotice, stay, person, "2022-05-10");
    }
    book.put(Kind::SupportPlanDrafted, "p", "a", "2022-05-12");
    book.put(Kind::SupportPlanAgreed, "p", "a", "2022-05-30")
        .value = Some(1);
    book.put(Kind::SupportPlanRequested, "q", "b", "2022-05-12");

    let waited = book.measure("B-1", seen(2022, "2022-06-09"));

    assert_eq!(waited.value, days(200, 20, 1));
    assert_eq!(line(&waited, "still-open"), days(300, 30, 1));
    assert_eq!(reasons(&waited), ["still-open", "no-plan"]);
}

#[test]
fn a_plan_is_in_time_on_the_day_of_discharge_and_late_after_it() {
    let mut book = Book::default();
    for (plan, person, agreed) in [("p", "a", "2022-05-20"), ("q", "b", "2022-05-21")] {
        book.put(Kind::SupportPlanDrafted, plan, person, "2022-05-12");
        book.put(Kind::SupportPlanAgreed, plan, person, agreed)
            .value = Some(1);
        book.put(Kind::Discharged, plan, person, "2022-05-20");
    }
    book.put(Kind::Discharged, "none", "c", "2022-05-20");

    let in_time = book.measure("B-2", year(2022));

    assert_eq!(in_time.value, share(1, 2));
    assert_eq!(in_time.value.per_mille(), None, "no rate of two");
    assert_eq!(reasons(&in_time), ["no-plan"]);
}

#[test]
fn notices_tell_so_many_days_before_the_planned_discharge() {
    let mut book = Book::default();
    book.put(Kind::DischargeNotice, "s", "a", "2022-05-10").due = Some(day("2022-05-20"));
    book.put(Kind::DischargeNotice, "t", "b", "2022-05-10");
    book.put(Kind::DischargeDateSet, "t", "b", "2022-05-12").due = Some(day("2022-05-30"));
    book.put(Kind::DischargeNotice, "u", "c", "2022-05-10");

    let lead = book.measure("B-3", year(2022));

    assert_eq!(lead.value, days(150, 20, 2));
    assert_eq!(reasons(&lead), ["no-planned-day"]);
}

#[test]
fn the_first_contact_after_a_discharge_counts() {
    let mut book = Book::default();
    book.put(Kind::Discharged, "none", "a", "2022-05-20");
    book.consult("c1", "a", "2022-05-19");
    book.consult("c2", "a", "2022-05-25");
    book.consult("c3", "a", "2022-05-30");

    assert_eq!(book.measure("B-4", year(2022)).value, days(50, 5, 1));
}

#[test]
fn follow_ups_count_by_the_day_on_which_they_are_due() {
    let mut book = Book::default();
    for follow_up in ["in-time", "late", "open", "cancelled"] {
        let promised = book.put(Kind::FollowUpScheduled, follow_up, "a", "2022-03-30");
        promised.due = Some(day("2022-04-10"));
    }
    book.put(Kind::FollowUpDone, "in-time", "a", "2022-04-10");
    book.put(Kind::FollowUpDone, "late", "a", "2022-04-11");
    book.put(Kind::FollowUpCancelled, "cancelled", "a", "2022-04-05");

    let done = book.measure("B-5", year(2022));

    assert_eq!(done.value, share(1, 3));
    assert_eq!(reasons(&done), ["cancelled"]);
    assert_eq!(book.measure("B-5", year(2021)).value, share(0, 0));
}

#[test]
fn a_first_contact_is_answered_in_business_hours() {
    let mut book = Book::default();
    for person in ["a", "b", "c"] {
        book.person(person, "2022-05-01");
        book.consult(&format!("first-{person}"), person, "2022-05-13");
        book.facts.last_mut().unwrap().minute = Some(16 * 60);
    }
    // A Friday at four; the centre is open from half past eight to five.
    book.put(Kind::ReferralMade, "r", "a", "2022-05-16").value = Some(1);
    book.put(Kind::ReferralMade, "incoming", "b", "2022-05-14")
        .value = Some(0);
    book.consult("second", "b", "2022-05-17");
    book.facts.last_mut().unwrap().minute = Some(10 * 60);

    let done = book.measure("B-5", year(2022));

    // An hour on Friday; and a whole Monday and an hour and a half on Tuesday.
    assert_eq!(
        line(&done, "business-hours-to-first-response"),
        days(60, 11, 2)
    );
    assert_eq!(line(&done, "no-response-yet"), count(1));
}

#[test]
fn recording_is_late_by_business_days() {
    let mut book = Book::default();
    book.put(Kind::Consultation, "c1", "a", "2022-05-13")
        .recorded = day("2022-05-16");
    book.put(Kind::Consultation, "c2", "a", "2022-05-13")
        .recorded = day("2022-05-23");

    let delay = book.measure("B-6", year(2022));

    assert_eq!(delay.value, days(35, 6, 2), "one and six business days");
    assert_eq!(line(&delay, "later-than-3-business-days"), share(1, 2));
}

#[test]
fn confidence_changes_between_a_survey_before_and_one_after() {
    let mut book = Book::default();
    let mut survey = |phase: &str, facility, on, level| {
        let fact = book.put(Kind::ConfidenceSurveyed, "s", facility, on);
        (fact.detail, fact.value) = (Some(phase.to_owned()), Some(level));
    };
    survey("before", "f", "2022-05-10", 2);
    survey("after", "f", "2022-09-10", 4);
    survey("after", "g", "2022-09-10", 5);

    let change = book.measure("F-1", year(2022));

    assert_eq!(change.value, mean(200, 1));
    assert_eq!(reasons(&change), ["not-paired"]);
}

#[test]
fn a_child_counts_as_taken_on_after_the_facilitys_first_visit() {
    let mut book = Book::default();
    book.put(Kind::Acceptance, "a", "f", "2022-04-10").detail = Some("declined".to_owned());
    book.put(Kind::FacilityVisit, "v", "f", "2022-05-10");
    book.put(Kind::Acceptance, "a", "f", "2022-06-10").detail = Some("accepted".to_owned());
    book.put(Kind::Acceptance, "b", "g", "2022-06-10").detail = Some("accepted".to_owned());
    book.put(Kind::FacilityProcedure, "suction", "f", "2022-06-10")
        .detail = Some("accepted".to_owned());

    let taken = book.measure("F-2", year(2022));

    assert_eq!(taken.value, count(1));
    assert_eq!(line(&taken, "declined-then-accepted"), count(1));
    assert_eq!(reasons(&taken), ["not-supported-before"]);
    assert_eq!(book.measure("F-3", year(2022)).value, count(1));
}

#[test]
fn advisors_who_completed_draft_plans_later() {
    let mut book = Book::default();
    book.put(Kind::SupervisedPlan, "p", "t", "2022-05-10");
    book.put(Kind::TraineeCompleted, "t", "t", "2022-06-10");
    book.put(Kind::SupervisedPlan, "q", "t", "2022-07-10");

    let able = book.measure("F-4", year(2022));

    assert_eq!(able.value, count(1));
    assert_eq!(line(&able, "plans-drafted-later"), count(1));
}

#[test]
fn work_is_told_for_each_full_time_equivalent() {
    use ledger_core::code::PostKind;
    use ledger_core::event::{ProgrammeEvent, StaffPostSet};
    let mut book = Book::default();
    for (post, kind, fte) in [
        (1_u128, PostKind::Advisor, 150),
        (2, PostKind::PublicHealthNurse, 50),
    ] {
        book.set(ProgrammeEvent::StaffPostSet(StaffPostSet {
            post: ledger_core::id::PostId::new(uuid::Uuid::from_u128(post)),
            kind,
            fte_hundredths: Some(fte),
            words_ja: None,
            concurrent: false,
            concurrent_hundredths: None,
            from: day("2021-08-01"),
            until: None,
        }));
    }
    for thing in ["c1", "c2", "c3"] {
        book.consult(thing, "a", "2022-05-10");
    }

    let work = book.measure("F-5", year(2022)).value;

    assert_eq!(
        work,
        Amount::PerFte {
            hundredths: Some(150),
            n: 3
        }
    );
}

#[test]
fn families_are_compared_with_themselves() {
    let mut book = Book::default();
    let mut voice = |stage, person, on, level: Option<i64>| {
        let fact = book.put(Kind::FamilyVoice, stage, person, on);
        fact.detail = Some(if level.is_some() { "answered" } else { "asked" }.to_owned());
        fact.value = level;
    };
    voice("discharge-notice", "a", "2022-04-10", Some(5));
    voice("three-months", "a", "2022-07-10", Some(3));
    voice("six-months", "a", "2022-10-10", Some(2));
    voice("three-months", "b", "2022-07-10", Some(1));
    voice("yearly", "c", "2022-07-10", None);
    book.put(Kind::FamilySatisfaction, "yearly", "c", "2022-07-10")
        .value = Some(4);

    let anxiety = book.measure("G-1", year(2022));

    assert_eq!(anxiety.value, mean(-300, 1));
    assert_eq!(line(&anxiety, "stage/three-months"), mean(-200, 1));
    assert_eq!(book.measure("G-2", year(2022)).value, mean(400, 1));
    let response = book.measure("G-3", year(2022));
    assert_eq!(response.value, share(4, 5));
    assert_eq!(line(&response, "with-words"), count(0));
    book.facts[1].codes = Some("words".to_owned());
    let response = book.measure("G-3", year(2022));
    assert_eq!(line(&response, "with-words"), count(1));
}
