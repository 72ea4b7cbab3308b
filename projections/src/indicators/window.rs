//! A stretch of the log: facts and settings at its ends, what was written in it, and what that changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use ledger_core::id::{EventId, Position};
use ledger_core::time::Day;

use super::changed::{Cause, CauseKind, Change, differs, halve, part};
use super::fact_set::FactSet;
use super::scope::Scope;
use super::shape::{Key, Shape, Units, counts, units};
use super::table::Indicator;
use crate::facts::{Kind, Stored, Versions};
use crate::settings::{Settings, SettingsHistory};

/// What events of some kinds do to a figure, whenever they occurred.
const KINDS: [(Kind, CauseKind); 7] = [
    (Kind::Corrected, CauseKind::Corrected),
    (Kind::Annulled, CauseKind::Annulled),
    (Kind::AnnulmentReversed, CauseKind::Reinstated),
    (Kind::Reassigned, CauseKind::Reassigned),
    (Kind::CaseMerged, CauseKind::Merged),
    (Kind::MergeUndone, CauseKind::Unmerged),
    (Kind::Setting, CauseKind::Setting),
];

/// A stretch of the log.
pub(super) struct Window<'a> {
    versions: &'a Versions,
    history: &'a SettingsHistory,
    from: Position,
    to: Position,
    before: (FactSet<'a>, Settings),
    after: (FactSet<'a>, Settings),
    /// Day on which the window begins: that of the last event before it.
    begins: Option<Day>,
    /// The events of the window, by position.
    events: BTreeMap<Position, &'a Stored>,
    /// The events of the window that stand in the place of one that was moved to another person.
    moved: BTreeSet<&'a str>,
    /// What the window says of events: the positions of what was written about each.
    about: HashMap<String, BTreeSet<Position>>,
    subjects: HashMap<Option<&'a str>, Vec<&'a Stored>>,
}

impl<'a> Window<'a> {
    pub(super) fn new(
        versions: &'a Versions,
        history: &'a SettingsHistory,
        (from, to): (Position, Position),
    ) -> Self {
        let ends = |at| (FactSet::at(versions, at), history.at(at));
        let before = ends(from);
        let begins = before.0.all().iter().map(|fact| fact.recorded).max();
        let mut window = Self {
            versions,
            history,
            from,
            to,
            before,
            after: ends(to),
            begins,
            events: BTreeMap::new(),
            moved: BTreeSet::new(),
            about: HashMap::new(),
            subjects: HashMap::new(),
        };
        for fact in &versions.facts {
            window.index(fact);
        }
        window
    }

    /// Notes an event of the window; the act on an older event speaks for the facts that it opened.
    fn index(&mut self, fact: &'a Stored) {
        let subject = self.subjects.entry(fact.subject.as_deref());
        subject.or_default().push(fact);
        if fact.position <= self.from || self.to < fact.position {
            return;
        }
        if fact.kind == Kind::Reassigned {
            self.moved.extend(fact.other.as_deref());
        }
        if is_act(fact.kind) {
            self.events.insert(fact.position, fact);
            let about = self.about.entry(fact.thing.clone()).or_default();
            about.insert(fact.position);
        } else {
            self.events.entry(fact.position).or_insert(fact);
        }
        let own = self.about.entry(fact.event.to_string()).or_default();
        own.insert(fact.position);
    }

    /// The figure's change in the window, if what is shown of it changed.
    pub(super) fn change(&self, indicator: &Indicator, scope: Scope) -> Option<Change> {
        let at = |(facts, settings): &(FactSet<'a>, Settings)| {
            super::measure(indicator, facts, scope, settings)
        };
        let (before, after) = (at(&self.before), at(&self.after));
        if !differs(&before, &after) {
            return None;
        }
        let (old, new) = (units(&before), units(&after));
        let mut found = self.by_units(indicator, scope, (&old, &new));
        let differ = before.target != after.target || before.rule != after.rule;
        if found.is_empty() || differ || self.settings_differ() {
            found.extend(self.settings(indicator, scope));
        }
        if found.is_empty() {
            found.extend(self.halved(indicator, scope));
        }
        let facts = found
            .iter()
            .filter_map(|position| self.events.get(position));
        Some(Change {
            indicator: indicator.id,
            part: part(&before, &after),
            causes: facts.map(|fact| self.cause(fact)).collect(),
            before: before.value,
            after: after.value,
        })
    }

    fn settings_differ(&self) -> bool {
        self.before.1 != self.after.1
    }

    /// The positions among the events on which changed units rested or rest.
    fn by_units(
        &self,
        indicator: &Indicator,
        scope: Scope,
        (old, new): (&Units<'_>, &Units<'_>),
    ) -> BTreeSet<Position> {
        let mut found = BTreeSet::new();
        let keys: BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let sides = [old.get(key), new.get(key)];
            if counts(sides[0]) == counts(sides[1]) {
                continue;
            }
            let shapes: Vec<&Shape<'_>> = sides.into_iter().flatten().collect();
            let candidates = self.candidates(&shapes);
            let new_or_gone = sides.iter().any(|side| counts(*side).is_empty());
            let known = candidates.iter().all(|at| found.contains(at));
            if known && !candidates.is_empty() || new_or_gone && candidates.len() == 1 {
                found.extend(candidates);
                continue;
            }
            let facts = self.facts_of(&shapes);
            let written = facts.iter().map(|fact| fact.position);
            let written = written.filter(|at| self.events.contains_key(at)).collect();
            let steps = |all: &BTreeSet<Position>| -> BTreeSet<Position> {
                let moves = |at: &&Position| self.moves((indicator, scope), key, &facts, **at);
                all.iter().filter(moves).copied().collect()
            };
            // First among what it rests on, then among all that is said about its subjects.
            let exact = Some(steps(&candidates)).filter(|exact| !exact.is_empty());
            let exact = exact.unwrap_or_else(|| steps(&written));
            found.extend(if exact.is_empty() { candidates } else { exact });
        }
        found
    }

    /// What was written in the window about the events of a unit.
    fn candidates(&self, shapes: &[&Shape<'_>]) -> BTreeSet<Position> {
        let events: BTreeSet<EventId> = shapes
            .iter()
            .flat_map(|shape| shape.events.iter().copied())
            .collect();
        let about = events
            .iter()
            .filter_map(|event| self.about.get(&event.to_string()));
        about.flatten().copied().collect()
    }

    /// The facts about a unit's subjects and their other cases, and those about nobody.
    fn facts_of(&self, shapes: &[&Shape<'_>]) -> Vec<&'a Stored> {
        let mut subjects: BTreeSet<&str> = shapes
            .iter()
            .flat_map(|shape| shape.subjects.iter().copied())
            .collect();
        let merges = [Kind::CaseMerged, Kind::MergeUndone];
        let merges = self
            .versions
            .facts
            .iter()
            .filter(|fact| merges.contains(&fact.kind));
        for merge in merges {
            let cases = [Some(merge.thing.as_str()), merge.other.as_deref()];
            let cases = cases.into_iter().flatten();
            if cases.clone().any(|case| subjects.contains(case)) {
                subjects.extend(cases);
            }
        }
        let some = subjects.into_iter().map(Some).chain([None]);
        let facts = some.filter_map(|subject| self.subjects.get(&subject));
        facts.flatten().copied().collect()
    }

    /// Whether a unit counts otherwise with the event at a position than just before it.
    fn moves(
        &self,
        (indicator, scope): (&Indicator, Scope),
        key: &Key<'_>,
        facts: &[&'a Stored],
        position: Position,
    ) -> bool {
        let counted = |at: Position| {
            let facts = facts.iter().copied().filter(|fact| fact.stands_at(at));
            let facts = FactSet::new(facts);
            let measure = super::measure(indicator, &facts, scope, &self.settings_at(at));
            let units = units(&measure);
            counts(units.get(key)).to_vec()
        };
        counted(eve(position)) != counted(position)
    }

    /// The settings at a position; mostly none changed in the window.
    fn settings_at(&self, at: Position) -> Cow<'_, Settings> {
        if self.settings_differ() {
            Cow::Owned(self.history.at(at))
        } else {
            Cow::Borrowed(&self.after.1)
        }
    }

    /// The settings at which the figure changes.
    fn settings(&self, indicator: &Indicator, scope: Scope) -> Vec<Position> {
        let settings = self
            .events
            .iter()
            .filter(|(_, fact)| fact.kind == Kind::Setting);
        let positions = settings.map(|(position, _)| *position);
        let (facts, _) = &self.after;
        let at = |position| super::measure(indicator, facts, scope, &self.history.at(position));
        positions
            .filter(|position| differs(&at(eve(*position)), &at(*position)))
            .collect()
    }

    /// The events at which the figure changes, found by halving the window.
    fn halved(&self, indicator: &Indicator, scope: Scope) -> Vec<Position> {
        let positions: Vec<Position> = self.events.keys().copied().collect();
        let at = |position| {
            let facts = FactSet::at(self.versions, position);
            super::measure(indicator, &facts, scope, &self.history.at(position))
        };
        let mut found = Vec::new();
        halve(&at, &positions, (&at(self.from), &at(self.to)), &mut found);
        found
    }

    fn cause(&self, fact: &Stored) -> Cause {
        let late = fact
            .day
            .zip(self.begins)
            .is_some_and(|(day, begins)| day < begins);
        let new = if late {
            CauseKind::Late
        } else {
            CauseKind::Added
        };
        let kinds = KINDS.iter().find(|(kind, _)| *kind == fact.kind);
        let moved = self.moved.contains(fact.event.to_string().as_str());
        let new = if moved { CauseKind::Reassigned } else { new };
        let kind = kinds.map_or(new, |(_, kind)| *kind);
        Cause {
            position: fact.position,
            event: fact.event,
            kind,
        }
    }
}

fn eve(position: Position) -> Position {
    Position::new(position.get().saturating_sub(1))
}

const fn is_act(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Corrected | Kind::Annulled | Kind::AnnulmentReversed | Kind::Reassigned
    )
}
