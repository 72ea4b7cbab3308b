//! A: contacts against plan, and the persons among them (ア).

use std::collections::BTreeMap;
use std::iter::successors;

use chrono::{Datelike as _, Months};
use ledger_core::time::Day;

use super::fold::Fold;
use super::given::{Given, code};
use super::measure::{Counted, Excluded, Line, Measured};
use super::rules::Contacts;
use crate::facts::{Kind, Stored};

/// contacts by the rule in force; the other readings beside.
pub(crate) fn contacts(given: &Given<'_, '_>) -> Measured {
    let counted = by_rule(given, given.rules.contacts);
    let months = by_month(given, &counted);
    let by_case = by_case(given);
    let anonymous = counted.iter().filter(|one| one.subject.is_none());
    let beside = [
        Line::new("by-case", Fold::Units, by_case),
        Line::new("anonymous", Fold::Units, anonymous.cloned().collect()),
    ];
    let readings = Contacts::ALL.iter().map(|reading| {
        let key = format!("rule/{}", reading.id());
        Line::new(key, Fold::Units, by_rule(given, *reading))
    });
    Measured::new(Fold::Units, counted)
        .lines(months)
        .lines(beside)
        .lines(readings)
}

/// The contacts of each month, then those up to the end of each month, from the first with a contact
/// to that in which the period ends.
fn by_month(given: &Given<'_, '_>, counted: &[Counted]) -> Vec<Line> {
    let mut months: BTreeMap<Day, Vec<Counted>> = BTreeMap::new();
    for one in counted {
        if let Some(first) = one.day.and_then(|day| day.with_day(1)) {
            months.entry(first).or_default().push(one.clone());
        }
    }
    let line = |kind: &str, month: Day, counted: Vec<Counted>| {
        Line::new(
            format!("{kind}/{}", month.format("%Y-%m")),
            Fold::Units,
            counted,
        )
    };
    let mut until = Vec::new();
    let mut cumulative = Vec::new();
    let first = months.keys().next().copied();
    let to_end = successors(first, |day| day.checked_add_months(Months::new(1)));
    for month in to_end.take_while(|day| *day <= given.end()) {
        until.extend(months.get(&month).into_iter().flatten().cloned());
        cumulative.push(line("cumulative", month, until.clone()));
    }
    let months = months.into_iter();
    let months = months.map(|(month, own)| line("month", month, own));
    months.chain(cumulative).collect()
}

/// Contacts of the period under a reading of the rule.
pub(super) fn by_rule(given: &Given<'_, '_>, reading: Contacts) -> Vec<Counted> {
    let consultations = given.within(Kind::Consultation);
    let counted = consultations.map(|fact| given.counted(fact, unit(given, fact, reading)));
    counted.collect()
}

/// What a contact is counted as under a reading of the rule: those of one unit are one.
pub(super) fn unit<'a>(given: &Given<'a, '_>, fact: &'a Stored, reading: Contacts) -> String {
    match (given.facts.person(fact), reading) {
        (None, _) | (_, Contacts::Each) => fact.thing.clone(),
        (Some(person), Contacts::PerDay) => format!("{person}/{}", day_of(fact)),
        (Some(person), Contacts::PerCounterpart) => {
            let counterpart = code(fact.other.as_deref());
            format!("{person}/{}/{counterpart}", day_of(fact))
        },
    }
}

/// Contacts of the period, one about two siblings twice.
fn by_case(given: &Given<'_, '_>) -> Vec<Counted> {
    let consultations = given.within(Kind::Consultation);
    let counted = consultations.map(|fact| {
        let person = given.facts.person(fact).unwrap_or_default();
        given.counted(fact, format!("{}/{person}", fact.thing))
    });
    counted.collect()
}

fn day_of(fact: &Stored) -> String {
    fact.day.map(|day| day.to_string()).unwrap_or_default()
}

/// distinct persons among the contacts.
pub(crate) fn persons(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut excluded = Vec::new();
    for fact in given.within(Kind::Consultation) {
        match given.as_person(fact) {
            Some(person) => counted.push(person),
            None => excluded.push(Excluded::of(fact, &fact.thing, "anonymous")),
        }
    }
    let each = [
        Line::new("contacts-by-person", Fold::Spread, counted.clone()),
        Line::new("contacts-by-person-mean", Fold::MeanByUnit, counted.clone()),
    ];
    Measured::new(Fold::Units, counted)
        .without(excluded)
        .lines(each)
}
