//! The keys of `figures` that look at a day, as lists.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::time::Day;

use super::fact_set::last;
use super::figures::{as_subject, one, units};
use super::given::Given;
use super::measure::Measured;
use crate::facts::{Kind, Stored};

/// A disaster plan is current so many days.
const CURRENT_DAYS: i64 = 365;

/// The facts of a kind that lie on or before the day.
fn until<'a>(given: &Given<'a, '_>, kind: Kind) -> impl Iterator<Item = &'a Stored> {
    let (facts, day) = (given.facts.of(kind).to_vec(), given.scope.day);
    let past = move |fact: &&Stored| fact.day.is_some_and(|on| on <= day);
    facts.into_iter().filter(past)
}

/// By person and plan the first agreement and every verification up to the day, of plans that go on.
pub(super) fn plans(given: &Given<'_, '_>, current: bool) -> Measured {
    type Plan<'f> = (Option<&'f str>, &'f str);
    let mut agreed: BTreeMap<Plan<'_>, &Stored> = BTreeMap::new();
    let plan = |fact: &'_ Stored| (fact.subject.clone(), fact.thing.clone());
    let ended: BTreeSet<_> = until(given, Kind::DisasterPlanEnded).map(plan).collect();
    for fact in until(given, Kind::DisasterPlanAgreed) {
        let key = (fact.subject.as_deref(), fact.thing.as_str());
        let earliest = agreed.entry(key).or_insert(fact);
        if fact.day < earliest.day {
            *earliest = fact;
        }
    }
    let looked = agreed.into_values();
    let looked = looked.chain(until(given, Kind::DisasterPlanVerified));
    let mut persons: BTreeMap<Option<&str>, Vec<&Stored>> = BTreeMap::new();
    for fact in looked.filter(|fact| !ended.contains(&plan(fact))) {
        persons
            .entry(fact.subject.as_deref())
            .or_default()
            .push(fact);
    }
    let counted = persons.into_iter().filter_map(|(person, looked)| {
        let newest = last(looked.iter().copied(), given.scope.day)?;
        let is_current = newest.day? >= oldest(given.scope.day);
        (is_current == current).then(|| one(newest, person.unwrap_or_default()).with(looked))
    });
    units(counted.collect())
}

fn oldest(day: Day) -> Day {
    let days = chrono::TimeDelta::try_days(CURRENT_DAYS);
    let oldest = days.and_then(|days| day.checked_sub_signed(days));
    oldest.unwrap_or(Day::MIN)
}

/// The facts by which persons were known on the day, by person.
fn known<'a>(given: &Given<'a, '_>) -> BTreeMap<&'a str, &'a Stored> {
    let known = until(given, Kind::PersonKnown);
    known
        .filter_map(|fact| Some((fact.subject.as_deref()?, fact)))
        .collect()
}

pub(super) fn persons(given: &Given<'_, '_>) -> Measured {
    let known = until(given, Kind::PersonKnown);
    units(known.filter_map(as_subject).collect())
}

pub(super) fn ventilator(given: &Given<'_, '_>) -> Measured {
    let known = known(given);
    let is_ventilator = |fact: &&Stored| fact.thing == "ventilator";
    let ended: Vec<&Stored> = until(given, Kind::ProcedureEnded)
        .filter(is_ventilator)
        .collect();
    let started = until(given, Kind::ProcedureStarted).filter(is_ventilator);
    let going = started.filter_map(|fact| {
        let person = fact.subject.as_deref()?;
        let mut ends = ended.iter();
        let over = ends.any(|end| end.subject == fact.subject && end.day >= fact.day);
        let known = known.get(person).copied().filter(|_| !over)?;
        Some(one(fact, person).with([known]))
    });
    units(going.collect())
}

pub(super) fn movable(given: &Given<'_, '_>) -> Measured {
    let known = known(given);
    let mut assessed: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
    for fact in until(given, Kind::Mobility) {
        let own = fact
            .subject
            .as_deref()
            .filter(|own| known.contains_key(own));
        if let Some(person) = own {
            assessed.entry(person).or_default().push(fact);
        }
    }
    let counted = assessed.into_iter().filter_map(|(person, own)| {
        let newest = last(own.iter().copied(), given.scope.day)?;
        let moves = newest.value == Some(1);
        moves.then(|| {
            one(newest, person)
                .with(own)
                .with(known.get(person).copied())
        })
    });
    units(counted.collect())
}
