//! A stretch of the log: facts and settings at its ends, what was written in it, and what that changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ledger_core::id::{EventId, Position};
use ledger_core::time::Day;

use super::changed::{Cause, CauseKind, Change, differs, halve, part};
use super::fact_set::FactSet;
use super::scope::Scope;
use super::shape::{Key, Shape, Units, counts, units};
use super::table::Indicator;
use super::trials::Trials;
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

/// Under whose settings events are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Era {
    /// Those of before the window.
    Before,
    /// Those of after it.
    After,
}

/// A stretch of the log.
pub(super) struct Window<'a> {
    versions: &'a Versions,
    from: Position,
    to: Position,
    before: (FactSet<'a>, Settings),
    after: (FactSet<'a>, Settings),
    /// The settings from each position on at which they change.
    steps: Vec<(Position, Settings)>,
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
        history: &SettingsHistory,
        (from, to): (Position, Position),
    ) -> Self {
        let ends = |at| (FactSet::at(versions, at), history.at(at));
        let before = ends(from);
        let begins = before.0.all().iter().map(|fact| fact.recorded).max();
        let mut window = Self {
            versions,
            from,
            to,
            before,
            after: ends(to),
            steps: history
                .positions_in(from, to)
                .into_iter()
                .map(|at| (at, history.at(at)))
                .collect(),
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

    /// The positions among the events on which changed units rested or rest. A unit that no event
    /// changes, neither under the settings of before nor under those of after, is theirs to explain.
    fn by_units(
        &self,
        indicator: &Indicator,
        scope: Scope,
        (old, new): (&Units<'_>, &Units<'_>),
    ) -> BTreeSet<Position> {
        let crossed = self.settings_differ().then(|| {
            let crossed = |facts, settings| super::measure(indicator, facts, scope, settings);
            (
                crossed(&self.after.0, &self.before.1),
                crossed(&self.before.0, &self.after.1),
            )
        });
        let crossed = crossed.as_ref();
        let crossed = crossed.map(|(events, settings)| (units(events), units(settings)));
        let mut trials = Trials::new(self, indicator, scope);
        let mut found = BTreeSet::new();
        let keys: BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let sides = [old.get(key), new.get(key)];
            let [before, after] = sides.map(counts);
            if before == after {
                continue;
            }
            let era = match &crossed {
                Some((_, settings)) if counts(settings.get(key)) != after => Era::After,
                Some((events, _)) if counts(events.get(key)) != before => Era::Before,
                Some(_) => continue,
                None => Era::After,
            };
            let shapes: Vec<&Shape<'_>> = sides.into_iter().flatten().collect();
            let candidates = self.candidates(&shapes);
            let new_or_gone = before.is_empty() || after.is_empty();
            let known = candidates.iter().all(|at| found.contains(at));
            if known && !candidates.is_empty() || new_or_gone && candidates.len() == 1 {
                found.extend(candidates);
                continue;
            }
            let exact = trials.steps(era, key, &shapes, &candidates);
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

    /// The position behind which the window begins.
    pub(super) const fn from(&self) -> Position {
        self.from
    }

    /// Every version of every fact.
    pub(super) const fn versions(&self) -> &'a Versions {
        self.versions
    }

    /// Whether an event of the window stands at a position.
    pub(super) fn wrote(&self, at: Position) -> bool {
        self.events.contains_key(&at)
    }

    /// The facts about a subject, or about nobody.
    pub(super) fn about_subject<'s>(&'s self, subject: Option<&'s str>) -> &'s [&'a Stored] {
        self.subjects.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// The settings of before or after the window.
    pub(super) const fn settings_of(&self, era: Era) -> &Settings {
        match era {
            Era::Before => &self.before.1,
            Era::After => &self.after.1,
        }
    }

    /// The settings at a position of the window, or just before it.
    fn settings_at(&self, at: Position) -> &Settings {
        let newest = self.steps.iter().rev().find(|(from, _)| *from <= at);
        newest.map_or(&self.before.1, |(_, settings)| settings)
    }

    /// The settings at which the figure changes.
    fn settings(&self, indicator: &Indicator, scope: Scope) -> Vec<Position> {
        let (facts, _) = &self.after;
        let at = |settings: &Settings| super::measure(indicator, facts, scope, settings);
        let mut before = at(&self.before.1);
        let mut found = Vec::new();
        for (position, settings) in &self.steps {
            let after = at(settings);
            if differs(&before, &after) {
                found.push(*position);
            }
            before = after;
        }
        found
    }

    /// The events at which the figure changes, found by halving the window.
    fn halved(&self, indicator: &Indicator, scope: Scope) -> Vec<Position> {
        let positions: Vec<Position> = self.events.keys().copied().collect();
        let at = |position| {
            let facts = FactSet::at(self.versions, position);
            super::measure(indicator, &facts, scope, self.settings_at(position))
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

const fn is_act(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Corrected | Kind::Annulled | Kind::AnnulmentReversed | Kind::Reassigned
    )
}
