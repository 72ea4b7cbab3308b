//! Areas by services: what each service did for the persons who live in each area.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::Area;

use crate::facts::Kind;
use crate::indicators::given::{Given, code};
use crate::indicators::measure::Measured;
use crate::indicators::people::Person;
use crate::indicators::{a_volume, e_reach};
use crate::small_cells::Table;

/// What stands in the table: each thing once an area and a column.
#[derive(Default)]
struct Places<'a> {
    seen: BTreeSet<(&'static str, &'static str, String)>,
    people: BTreeMap<&'a str, Person<'a>>,
}

impl Places<'_> {
    /// The area in which a person lives.
    fn home(&self, person: Option<&str>) -> Option<Area> {
        self.people.get(person?)?.area
    }

    fn add(&mut self, column: &'static str, area: Option<Area>, unit: &str) {
        let area = area.map_or_else(|| code(None), Area::code);
        self.seen.insert((area, column, unit.to_owned()));
    }

    /// What a figure counts, each where its person lives.
    fn measured(&mut self, column: &'static str, measured: Measured) {
        for one in measured.counted.into_iter().filter(|one| one.hit) {
            let area = self.home(one.subject.as_deref());
            self.add(column, area, &one.unit);
        }
    }
}

/// Contacts, persons who consulted, movable ones among them, persons with a support plan, by the area
/// in which the person lives at the end of the period; of a contact without a known person by the area that
/// was told. A contact about persons of two areas stands in both.
#[must_use]
pub fn by_area(given: &Given<'_, '_>) -> Table {
    let mut places = Places {
        people: given.people(),
        ..Places::default()
    };
    for fact in given.within(Kind::Consultation) {
        let person = given.facts.person(fact);
        let area = places.home(person).or(fact.area);
        places.add("contacts", area, &fact.thing);
        if let Some(person) = person {
            places.add("persons", area, person);
        }
    }
    places.measured("movable", e_reach::movable(given));
    places.measured("support-plans", a_volume::support_plans(given));
    let mut table = Table::default();
    for (area, column, _) in places.seen {
        table.add(area, column, 1);
    }
    table
}
