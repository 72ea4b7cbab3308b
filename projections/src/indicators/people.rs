//! Persons as they stood on a day: known since when, living where, needing what, open or closed.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::{Area, CareProcedure};
use ledger_core::time::{AgeBand, Day};

use super::fact_set::{FactSet, first, last};
use crate::facts::{Kind, Stored};

/// Bands of the medical-care score, from low to high.
pub(super) const SCORES: [&str; 4] = ["0-2", "3-15", "16-31", "32+"];

/// Care whose devices at home need power.
const ELECTRIC: [CareProcedure; 5] = [
    CareProcedure::Ventilator,
    CareProcedure::Oxygen,
    CareProcedure::Suction,
    CareProcedure::Nebuliser,
    CareProcedure::Dialysis,
];

/// One person on a day.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    /// The case that goes on.
    pub id: &'a str,
    /// The fact by which the person is known.
    pub known: &'a Stored,
    /// Area.
    pub area: Option<Area>,
    /// Age band by the month of birth.
    pub age: Option<AgeBand>,
    /// Daily medical care.
    pub procedures: BTreeSet<&'a str>,
    /// 動ける医療的ケア児・者.
    pub movable: bool,
    /// Medical-care score.
    pub score: Option<i64>,
    /// Born under 1,000 g.
    pub extremely_low_weight: bool,
    /// The closing, where the case is closed.
    pub closed: Option<&'a Stored>,
    /// The facts that say so.
    pub basis: Vec<&'a Stored>,
}

impl Person<'_> {
    /// In need of a device that needs power, by the care that goes on (an assumption: of these kinds
    /// of care the devices at home are electric).
    #[must_use]
    pub fn electric(&self) -> bool {
        ELECTRIC
            .iter()
            .any(|care| self.procedures.contains(care.code()))
    }

    /// On a ventilator.
    #[must_use]
    pub fn ventilator(&self) -> bool {
        self.procedures.contains("ventilator")
    }

    /// Band of the medical-care score (医療的ケア区分).
    #[must_use]
    pub const fn score_band(&self) -> &'static str {
        let [none, low, middle, high] = SCORES;
        match self.score {
            None => "unknown",
            Some(..=2) => none,
            Some(3..=15) => low,
            Some(16..=31) => middle,
            Some(32..) => high,
        }
    }
}

/// Every person known on a day, by id.
#[must_use]
pub fn people_on<'a>(facts: &FactSet<'a>, day: Day) -> BTreeMap<&'a str, Person<'a>> {
    let ids: BTreeSet<&str> = facts
        .of(Kind::PersonKnown)
        .iter()
        .filter(|fact| fact.day.is_some_and(|known| known <= day))
        .filter_map(|fact| facts.person(fact))
        .collect();
    let people = ids.into_iter();
    people
        .filter_map(|id| Some((id, person_on(facts, id, day)?)))
        .collect()
}

fn person_on<'a>(facts: &FactSet<'a>, id: &'a str, day: Day) -> Option<Person<'a>> {
    let of = |kind| facts.person_facts(kind, id).iter().copied();
    let newest = |kind| last(of(kind), day);
    let known = first(of(Kind::PersonKnown))?;
    let registered = of(Kind::PersonKnown).filter(|fact| fact.area.is_some());
    let lived = last(registered.chain(of(Kind::AreaChanged)), day);
    // The month of birth is a fact about the person, whenever it was written down.
    let known_born = of(Kind::BirthMonth);
    // Of merged cases the one that goes on says who the person is.
    let mut own = known_born
        .clone()
        .filter(|fact| fact.subject.as_deref() == Some(id));
    let born = own.next_back().or_else(|| known_born.last());
    let (mobility, score) = (newest(Kind::Mobility), newest(Kind::CareScore));
    let weight = newest(Kind::BirthWeight);
    let procedures = procedures_on(facts, id, day);
    let closed = closed_on(facts, id, day);
    let mut basis: Vec<&Stored> = [lived, born, mobility, score, weight, closed]
        .into_iter()
        .flatten()
        .collect();
    basis.extend(of(Kind::ProcedureStarted).chain(of(Kind::ProcedureEnded)));
    basis.extend(of(Kind::PersonKnown).flat_map(|fact| facts.identity(fact)));
    Some(Person {
        id,
        known,
        area: lived.and_then(|fact| fact.area),
        age: born.and_then(|fact| age_band(&fact.thing, day)),
        procedures,
        movable: mobility.is_some_and(|fact| fact.value == Some(1)),
        score: score.and_then(|fact| fact.value),
        extremely_low_weight: weight
            .is_some_and(|fact| ["<500", "<1000"].contains(&fact.thing.as_str())),
        closed,
        basis,
    })
}

/// Kinds of care that began and did not end since.
fn procedures_on<'a>(facts: &FactSet<'a>, id: &'a str, day: Day) -> BTreeSet<&'a str> {
    let until = |fact: &&&Stored| fact.day.is_some_and(|on| on <= day);
    let ended = facts.person_facts(Kind::ProcedureEnded, id);
    let started = facts.person_facts(Kind::ProcedureStarted, id).iter();
    let going = started.filter(until).filter(|fact| {
        let mut ends = ended.iter().filter(until);
        !ends.any(|end| end.thing == fact.thing && end.day >= fact.day)
    });
    going.map(|fact| fact.thing.as_str()).collect()
}

/// The closing of a person's case; of merged cases the one that goes on speaks.
fn closed_on<'a>(facts: &FactSet<'a>, id: &'a str, day: Day) -> Option<&'a Stored> {
    let own = |kind| {
        let rows = facts.person_facts(kind, id).iter().copied();
        rows.filter(|fact: &&Stored| fact.subject.as_deref() == Some(id))
    };
    let newest = last(own(Kind::CaseClosed).chain(own(Kind::CaseReopened)), day);
    newest.filter(|fact| fact.kind == Kind::CaseClosed)
}

/// The age band on a day of somebody born in a month, `YYYY-MM`, taken as its first day.
#[must_use]
pub(super) fn age_band(month: &str, day: Day) -> Option<AgeBand> {
    let birth: Day = format!("{month}-01").parse().ok()?;
    AgeBand::on(birth, day)
}
