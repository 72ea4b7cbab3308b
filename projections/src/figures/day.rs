//! What the figures of a day count: persons as they stood on it.

use std::collections::BTreeSet;

use crate::facts::Kind;
use crate::indicators::d_disaster::clock;
use crate::indicators::{Counted, Fold, Given, Measured, Person, days_between};
use crate::yearly_clock::YearlyClock;

/// Persons with a disaster plan whose yearly clock stands so.
fn with_plan(given: &Given<'_, '_>, current: bool) -> Measured {
    let agreed = given.facts.of(Kind::DisasterPlanAgreed).iter();
    let steps = agreed.chain(given.facts.of(Kind::DisasterPlanVerified));
    let persons: BTreeSet<&str> = steps.filter_map(|fact| given.facts.person(fact)).collect();
    let mut counted = Vec::new();
    for person in persons {
        let Some(clock) = clock(given, person, given.end()) else {
            continue;
        };
        let is_current = days_between(clock.day, given.end()) <= YearlyClock::PROPOSED.due;
        if is_current == current {
            counted.push(given.counted(clock.set_by, person));
        }
    }
    Measured::new(Fold::Units, counted)
}

pub(super) fn current(given: &Given<'_, '_>) -> Measured {
    with_plan(given, true)
}

pub(super) fn overdue(given: &Given<'_, '_>) -> Measured {
    with_plan(given, false)
}

/// Persons known by the day of whom something holds.
fn known(given: &Given<'_, '_>, holds: impl Fn(&Person<'_>) -> bool) -> Measured {
    let people = given.people();
    let people = people.values().filter(|person| holds(person));
    let counted = people.map(|person| {
        Counted::of(person.known, Some(person.id), person.id).with(person.basis.iter().copied())
    });
    Measured::new(Fold::Units, counted.collect())
}

pub(super) fn persons(given: &Given<'_, '_>) -> Measured {
    known(given, |_| true)
}

pub(super) fn ventilator_users(given: &Given<'_, '_>) -> Measured {
    known(given, |person| person.procedures.contains("ventilator"))
}

pub(super) fn movable(given: &Given<'_, '_>) -> Measured {
    known(given, |person| person.movable)
}
