//! The persons served, one line each, without a word of personal text.

use ledger_core::code::{Area, CareProcedure};
use ledger_core::id::Position;
use ledger_core::time::{AgeBand, Day};

use crate::facts::{Kind, Stored, Versions};
use crate::indicators::{FactSet, Person, people_on};
use crate::views::{Views, ViewsError};

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
    views: &Views,
    on: Day,
    as_at: Position,
) -> Result<Vec<CaseloadLine>, ViewsError> {
    let versions = Versions::between(views, as_at, as_at, KINDS).await?;
    let facts = FactSet::at(&versions, as_at);
    let people = people_on(&facts, on);
    let mut lines: Vec<CaseloadLine> = people
        .values()
        .map(|person| line(person, &facts, on))
        .collect();
    lines.sort_by(|one, other| {
        let key = |line: &CaseloadLine| (line.number.is_none(), line.number.clone());
        key(one)
            .cmp(&key(other))
            .then_with(|| one.child.cmp(&other.child))
    });
    Ok(lines)
}

/// The kinds of facts of which the lines are made.
const KINDS: &[Kind] = &[
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
    CaseloadLine {
        child: person.id.to_owned(),
        number: person.known.detail.clone(),
        area: person.area,
        age: person.age,
        procedures: codes.filter_map(|code| code.parse().ok()).collect(),
        in_charge: in_charge(facts, person.id, on),
        closed_on: person.closed.and_then(|closed| closed.day),
    }
}

/// The accounts that were put in charge by a day, and not taken out of it since.
fn in_charge(facts: &FactSet<'_>, person: &str, on: Day) -> Vec<String> {
    let by = |kind| {
        let facts = facts.person_facts(kind, person).iter().copied();
        facts.filter(move |fact: &&Stored| fact.day.is_none_or(|day| day <= on))
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
