//! The persons served, one line each, without a word of personal text.

use std::future::ready;
use std::sync::Arc;

use ledger_core::code::{Area, CareProcedure};
use ledger_core::id::Position;
use ledger_core::time::{AgeBand, Day};

use crate::facts::{ByKind, FactReader, Kind, Stored};
use crate::indicators::{FactSet, Indexed, Person, people_on};
use crate::views::ViewsError;

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseloadLine {
    /// The case that goes on.
    pub child: String,
    /// Register number, where there is one.
    pub number: Option<String>,
    /// Area.
    pub area: Option<Area>,
    /// Age band by the month of birth.
    pub age: Option<AgeBand>,
    /// Daily medical care that goes on, in the order of its codes.
    pub procedures: Vec<CareProcedure>,
    /// The accounts in charge, in the order of their names.
    pub in_charge: Vec<String>,
    /// The day on which the case was closed, where it is.
    pub closed_on: Option<Day>,
}

/// Every person known on a day as it was recorded at a position, by register number, those without one
/// last; the views must have been brought forward before.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read.
pub async fn caseload(
    facts: &FactReader,
    on: Day,
    as_at: Position,
) -> Result<Arc<Vec<CaseloadLine>>, ViewsError> {
    let lines = |standing: ByKind| ready(Ok(lines(&Indexed::of_kinds(standing).set(), on)));
    facts
        .made((KINDS, Some(as_at)), on.to_string(), lines)
        .await
}

fn lines(facts: &FactSet<'_>, on: Day) -> Vec<CaseloadLine> {
    let people = people_on(facts, on);
    let mut lines: Vec<CaseloadLine> = people
        .values()
        .map(|person| line(person, facts, on))
        .collect();
    lines.sort_by(|one, other| {
        let key = |line: &CaseloadLine| (line.number.is_none(), line.number.clone());
        key(one)
            .cmp(&key(other))
            .then_with(|| one.child.cmp(&other.child))
    });
    lines
}

/// The kinds of facts of which the lines are made.
pub(crate) const KINDS: &[Kind] = &[
    Kind::PersonKnown,
    Kind::AreaChanged,
    Kind::BirthMonth,
    Kind::ProcedureStarted,
    Kind::ProcedureEnded,
    Kind::StaffAssigned,
    Kind::StaffUnassigned,
    Kind::CaseClosed,
    Kind::CaseReopened,
    Kind::CaseMerged,
    Kind::MergeUndone,
];

fn line(person: &Person<'_>, facts: &FactSet<'_>, on: Day) -> CaseloadLine {
    let codes = person.procedures.iter();
    let registered = facts.registered(person.id);
    CaseloadLine {
        child: person.id.to_owned(),
        number: registered.and_then(|known| known.detail.clone()),
        area: person.area,
        age: person.age,
        procedures: codes.filter_map(|code| code.parse().ok()).collect(),
        in_charge: in_charge(facts, person.id, on),
        closed_on: person.closed.and_then(|closed| closed.day),
    }
}

/// Whether a fact stands in the stream of the case that goes on, not in that of an alias.
fn is_own(fact: &Stored, person: &str) -> bool {
    fact.subject.as_deref() == Some(person)
}

/// The accounts that were put in charge by a day, and not taken out of it since.
pub(crate) fn in_charge(facts: &FactSet<'_>, person: &str, on: Day) -> Vec<String> {
    let by = |kind| {
        let facts = facts.person_facts(kind, person).iter().copied();
        let own = facts.filter(|fact| is_own(fact, person));
        own.filter(move |fact: &&Stored| fact.day.is_none_or(|day| day <= on))
    };
    let mut accounts: Vec<String> = Vec::new();
    for assigned in by(Kind::StaffAssigned) {
        let mut ends = by(Kind::StaffUnassigned);
        let over = ends.any(|end| end.thing == assigned.thing && end.position > assigned.position);
        if !over && !accounts.contains(&assigned.thing) {
            accounts.push(assigned.thing.clone());
        }
    }
    accounts.sort_unstable();
    accounts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::fixture::fact;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn known(person: &str, number: &str, position: i64) -> Stored {
        Stored {
            detail: Some(number.to_owned()),
            ..fact(Kind::PersonKnown, (person, person), position)
        }
    }

    fn listed(facts: &[Stored]) -> Vec<CaseloadLine> {
        lines(&FactSet::new(facts), day("2023-04-01"))
    }

    #[test]
    fn of_merged_cases_the_one_that_goes_on_gives_number_and_staff() {
        let merged = Stored {
            other: Some("goes-on".to_owned()),
            ..fact(Kind::CaseMerged, ("goes-on", "alias"), 5)
        };
        let facts = [
            known("alias", "C102", 1),
            fact(Kind::StaffAssigned, ("alias", "suzuki"), 2),
            known("goes-on", "C101", 3),
            fact(Kind::StaffAssigned, ("goes-on", "sato"), 4),
            merged,
        ];

        let lines = listed(&facts);

        let [line] = lines.as_slice() else {
            panic!("one person: {lines:?}");
        };
        assert_eq!(
            (&*line.child, line.number.as_deref()),
            ("goes-on", Some("C101"))
        );
        assert_eq!(line.in_charge, ["sato"]);
    }

    #[test]
    fn who_was_taken_out_of_charge_is_not_in_it() {
        let facts = [
            known("one", "C101", 1),
            fact(Kind::StaffAssigned, ("one", "sato"), 2),
            fact(Kind::StaffUnassigned, ("one", "sato"), 3),
            fact(Kind::StaffAssigned, ("one", "suzuki"), 4),
        ];

        assert_eq!(listed(&facts)[0].in_charge, ["suzuki"]);
    }
}
