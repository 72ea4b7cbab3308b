//! Persons crossed by two dimensions, for the committee with small cells suppressed.

use std::collections::BTreeMap;

use super::e_reach::Reached;
use super::given::Given;
use crate::facts::Kind;
use crate::small_cells::Table;

/// Persons with a contact in the period, crossed by two dimensions of which each person has one
/// code; a person with several codes on a dimension stands under `several`.
#[must_use]
pub fn cross(given: &Given<'_, '_>, rows: &str, columns: &str) -> Table {
    let reached = Reached::of(given);
    let mut cells: BTreeMap<String, (String, String)> = BTreeMap::new();
    for fact in given.within(Kind::Consultation) {
        let Some(person) = given.facts.person(fact) else {
            continue;
        };
        let who = reached.person(given, fact);
        let code = |dimension| one(&reached.codes(who, fact, dimension));
        let (row, column) = (code(rows), code(columns));
        let cell = cells.entry(person.to_owned());
        cell.and_modify(|cell| {
            merge(&mut cell.0, &row);
            merge(&mut cell.1, &column);
        })
        .or_insert((row, column));
    }
    let mut table = Table::default();
    for (row, column) in cells.into_values() {
        table.add(&row, &column, 1);
    }
    table
}

fn one(codes: &[&str]) -> String {
    let code = match codes {
        [] => "unknown",
        [code] => code,
        [..] => "several",
    };
    code.to_owned()
}

fn merge(code: &mut String, other: &str) {
    if code.as_str() != other {
        "several".clone_into(code);
    }
}
