//! How units count at positions of a window, with the facts about their subjects alone.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use ledger_core::id::Position;

use super::fact_set::FactSet;
use super::scope::Scope;
use super::shape::{Key, Shape, counts, units};
use super::table::Indicator;
use super::window::{Era, Window};
use crate::facts::{Kind, Stored};

/// How a unit counts.
type Counts = Vec<(bool, i64)>;

/// How the units of some subjects count at one position, by list and name.
type Counted = HashMap<(String, String), Counts>;

/// Those whom a unit is about.
type Subjects<'s> = BTreeSet<&'s str>;

/// A unit that is tried.
struct Unit<'s> {
    /// Under whose settings.
    era: Era,
    /// The list in which it stands, and its name there.
    name: (String, String),
    subjects: Subjects<'s>,
}

/// Measurements of one figure with the facts about some subjects. All units of the same subjects share
/// one, so that a figure of many units is measured as often as there are subjects and positions.
pub(super) struct Trials<'w, 's, 'a> {
    window: &'w Window<'a>,
    indicator: &'w Indicator,
    scope: Scope,
    facts: HashMap<Subjects<'s>, Rc<Vec<&'a Stored>>>,
    counted: HashMap<(Era, Subjects<'s>, Position), Counted>,
}

impl<'w, 's, 'a> Trials<'w, 's, 'a> {
    pub(super) fn new(window: &'w Window<'a>, indicator: &'w Indicator, scope: Scope) -> Self {
        Self {
            window,
            indicator,
            scope,
            facts: HashMap::new(),
            counted: HashMap::new(),
        }
    }

    /// The positions of the window at which the unit counts otherwise than just before: first among
    /// those on which it rests, then among all that is said about its subjects.
    pub(super) fn steps(
        &mut self,
        era: Era,
        key: &Key<'_>,
        shapes: &[&Shape<'s>],
        candidates: &BTreeSet<Position>,
    ) -> BTreeSet<Position> {
        let subjects = shapes.iter();
        let subjects = subjects.flat_map(|shape| shape.subjects.iter().copied());
        let unit = Unit {
            era,
            name: (key.0.to_owned(), key.1.to_owned()),
            subjects: subjects.collect(),
        };
        let moving = candidates.iter().filter(|at| {
            let eve = Position::new(at.get().saturating_sub(1));
            self.at(&unit, eve) != self.at(&unit, **at)
        });
        let exact: BTreeSet<Position> = moving.copied().collect();
        if !exact.is_empty() {
            return exact;
        }
        let facts = self.facts_of(&unit.subjects);
        let written = facts.iter().map(|fact| fact.position);
        let written = written.filter(|at| self.window.wrote(*at));
        let written: Vec<Position> = written.collect::<BTreeSet<_>>().into_iter().collect();
        let mut found = BTreeSet::new();
        if let Some(last) = written.last() {
            let before = self.at(&unit, self.window.from());
            let after = self.at(&unit, *last);
            self.halve(&unit, &written, (&before, &after), &mut found);
        }
        found
    }

    /// Collects the positions at which the unit's count changes between two that differ.
    fn halve(
        &mut self,
        unit: &Unit<'s>,
        positions: &[Position],
        (before, after): (&Counts, &Counts),
        found: &mut BTreeSet<Position>,
    ) {
        if before == after {
            return;
        }
        let (left, right) = positions.split_at(positions.len().div_euclid(2));
        match (left.last(), right) {
            (None, [one]) => {
                found.insert(*one);
            },
            (Some(last), _) => {
                let middle = self.at(unit, *last);
                self.halve(unit, left, (before, &middle), found);
                self.halve(unit, right, (&middle, after), found);
            },
            (None, _) => {},
        }
    }

    /// How a unit counts at a position with the facts about its subjects alone.
    fn at(&mut self, unit: &Unit<'s>, at: Position) -> Counts {
        let place = (unit.era, unit.subjects.clone(), at);
        if !self.counted.contains_key(&place) {
            let counted = self.measure(unit.era, &unit.subjects, at);
            self.counted.insert(place.clone(), counted);
        }
        let counted = self.counted.get(&place);
        let counts = counted.and_then(|counted| counted.get(&unit.name));
        counts.cloned().unwrap_or_default()
    }

    fn measure(&mut self, era: Era, subjects: &Subjects<'s>, at: Position) -> Counted {
        let facts = self.facts_of(subjects);
        let facts = FactSet::new(facts.iter().copied().filter(|fact| fact.stands_at(at)));
        let settings = self.window.settings_of(era);
        let measure = super::measure(self.indicator, &facts, self.scope, settings);
        let units = units(&measure);
        let counted = units.iter().map(|((list, unit), shape)| {
            let key = ((*list).to_owned(), (*unit).to_owned());
            (key, counts(Some(shape)).to_vec())
        });
        counted.collect()
    }

    /// The facts about subjects and their other cases, and those about nobody.
    fn facts_of(&mut self, subjects: &Subjects<'s>) -> Rc<Vec<&'a Stored>> {
        if let Some(facts) = self.facts.get(subjects) {
            return Rc::clone(facts);
        }
        let facts = Rc::new(self.window.facts_of(subjects));
        self.facts.insert(subjects.clone(), Rc::clone(&facts));
        facts
    }
}

impl<'a> Window<'a> {
    /// The facts about subjects and their other cases, and those about nobody.
    fn facts_of(&self, subjects: &BTreeSet<&str>) -> Vec<&'a Stored> {
        let mut subjects: BTreeSet<&str> = subjects.clone();
        let merges = [Kind::CaseMerged, Kind::MergeUndone];
        let all = self.versions().facts.iter();
        for merge in all.filter(|fact| merges.contains(&fact.kind)) {
            let cases = [Some(merge.thing.as_str()), merge.other.as_deref()];
            let cases = cases.into_iter().flatten();
            if cases.clone().any(|case| subjects.contains(case)) {
                subjects.extend(cases);
            }
        }
        let some = subjects.into_iter().map(Some).chain([None]);
        some.flat_map(|subject| self.about_subject(subject).to_vec())
            .collect()
    }
}
