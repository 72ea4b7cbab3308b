//! Why figures changed between two positions.

use proptest::prelude::*;

use super::book::{Book, adopted, count, planned, year};
use super::recount::random_book;
use crate::facts::Kind;
use crate::indicators::{Cause, CauseKind, Change, INDICATORS, Scope, changed_between};
use ledger_core::code::Service;
use ledger_core::id::{EventId, Position};

fn changes(book: &Book, scope: Scope, from: Position) -> Vec<Change> {
    changed_between(&book.versions(), &book.history(), scope, (from, book.now()))
}

fn causes(book: &Book, scope: Scope, from: Position, id: &str) -> Vec<(EventId, CauseKind)> {
    let all = changes(book, scope, from);
    let found = all.into_iter().find(|change| change.indicator == id);
    let causes: Vec<Cause> = found.map(|change| change.causes).unwrap_or_default();
    causes
        .into_iter()
        .map(|cause| (cause.event, cause.kind))
        .collect()
}

#[test]
fn persons_fall_by_a_merge_and_the_merge_is_named() {
    let mut book = Book::default();
    book.consult("c1", "a", "2022-05-10");
    book.consult("c2", "b", "2022-05-11");
    let from = book.now();
    let merge = book.merge("b", "a");
    book.person("c", "2022-05-10");

    assert_eq!(
        causes(&book, year(2022), from, "A-2"),
        [(merge, CauseKind::Merged)]
    );
    let all = changes(&book, year(2022), from);
    assert!(all.iter().all(|change| change.indicator != "A-3"));
    let persons = all.iter().find(|change| change.indicator == "A-2").unwrap();
    assert_eq!((&persons.before, &persons.after), (&count(2), &count(1)));
}

#[test]
fn a_date_corrected_across_the_years_end_moves_the_contact_and_leaves_the_old_report() {
    let mut book = Book::default();
    let contact = book.consult("c1", "a", "2023-03-31");
    let from = book.now();
    let correction = book.correct(contact, |fact| {
        fact.day = Some(super::book::day("2023-04-01"));
    });

    assert_eq!(book.measure("A-1", year(2022)).value, count(0));
    assert_eq!(book.measure("A-1", year(2023)).value, count(1));
    assert_eq!(book.measure_at("A-1", year(2022), from).value, count(1));
    for of in [2022, 2023] {
        assert_eq!(
            causes(&book, year(of), from, "A-1"),
            [(correction, CauseKind::Corrected)]
        );
    }
}

#[test]
fn new_late_annulled_and_set_events_are_told_apart() {
    let mut book = Book::default();
    let first = book.consult("c1", "a", "2022-05-10");
    let from = book.now();
    let late = book.consult("c2", "a", "2022-05-09");
    let new = book.consult("c3", "a", "2022-05-20");
    let annulment = book.annul(first);

    let expected = [
        (late, CauseKind::Late),
        (new, CauseKind::Added),
        (annulment, CauseKind::Annulled),
    ];
    assert_eq!(causes(&book, year(2022), from, "A-1"), expected);

    let from = book.now();
    let set = book.set(planned(Service::SpecialistConsultation, Some(2022), 3, 3));
    book.set(planned(Service::SpecialistConsultation, Some(2023), 9, 9));
    assert_eq!(
        causes(&book, year(2022), from, "A-1"),
        [(set, CauseKind::Setting)]
    );
    let from = book.now();
    book.set(adopted("CR-名-2"));
    let rule = book.set(adopted("CR-延べ-3"));
    assert_eq!(
        causes(&book, year(2022), from, "A-1"),
        [(rule, CauseKind::Setting)]
    );
}

#[test]
fn a_contact_and_a_rule_in_one_window_are_both_named() {
    let mut book = Book::default();
    for id in ["c0", "c1", "c2"] {
        book.consult(id, "a", "2022-05-10");
    }
    let from = book.now();
    let contact = book.consult("c3", "a", "2022-05-20");
    let rule = book.set(adopted("CR-延べ-3"));

    let both = [(contact, CauseKind::Added), (rule, CauseKind::Setting)];
    for id in ["A-1", "A-8"] {
        assert_eq!(causes(&book, year(2022), from, id), both, "{id}");
    }
}

#[test]
fn a_loop_closes_by_the_step_that_closed_it() {
    let mut book = Book::default();
    book.put(Kind::ReferralMade, "r", "a", "2022-05-10").value = Some(1);
    let from = book.now();
    book.put(Kind::ReferralReceived, "r", "a", "2022-05-11");
    book.put(Kind::ReferralCompleted, "r", "a", "2022-06-10");
    let fed_back = book
        .put(Kind::ReferralFedBack, "r", "a", "2022-06-20")
        .event;

    assert_eq!(
        causes(&book, year(2022), from, "C-1"),
        [(fed_back, CauseKind::Added)]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_change_has_causes_in_its_window(
        book in random_book(30), cut in 0_u64..30,
    ) {
        let from = Position::new((2 + cut).min(book.now().get()));
        let scope = year(2022);

        let changes = changes(&book, scope, from);

        for indicator in INDICATORS {
            let then = book.measure_at(indicator.id, scope, from);
            let now = book.measure(indicator.id, scope);
            let change = changes.iter().find(|change| change.indicator == indicator.id);
            prop_assert!(then.value == now.value || change.is_some(), "{} is missing", indicator.id);
            let Some(change) = change else { continue };
            prop_assert!(!change.causes.is_empty(), "{} changed without a cause", indicator.id);
            // One that does the same as another of the window is named, too.
            for cause in &change.causes {
                prop_assert!(from < cause.position && cause.position <= book.now());
            }
        }
    }

    #[test]
    fn correcting_one_persons_contact_leaves_other_figures_alone(book in random_book(30)) {
        let mut changed = book.clone();
        let contact = book.facts.iter().find(|fact| fact.kind == Kind::Consultation && fact.to.is_none());
        prop_assume!(contact.is_some());
        changed.correct(contact.unwrap().event, |fact| fact.minute = Some(1_200));

        for id in ["A-1", "A-2", "A-3", "A-6", "C-1", "D-1", "D-2"] {
            let values = [&book, &changed].map(|book| book.measure(id, year(2022)).value);
            prop_assert_eq!(&values[0], &values[1], "{}", id);
        }
    }
}

#[test]
fn what_does_not_move_a_figure_is_no_cause_of_it() {
    let mut book = Book::default();
    for (thing, person) in [("r", "a"), ("s", "b")] {
        book.put(Kind::ReferralMade, thing, person, "2022-05-10")
            .value = Some(1);
    }
    let from = book.now();
    book.merge("b", "a");
    book.put(Kind::ReferralCompleted, "r", "a", "2022-06-10");
    let fed_back = book
        .put(Kind::ReferralFedBack, "r", "a", "2022-06-20")
        .event;

    assert_eq!(
        causes(&book, year(2022), from, "C-1"),
        [(fed_back, CauseKind::Added)]
    );
}
