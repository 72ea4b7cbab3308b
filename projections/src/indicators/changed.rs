//! Why a figure changed between two positions: exactly the events that changed it.
//!
//! What a figure counts is compared unit by unit. A unit that counts otherwise than before has its
//! causes among the events that it rested on then or rests on now: those written in between, and what
//! was said about older ones in between. Where that explains nothing (a setting, say), the window is
//! halved until the very events are found at which the figure changes.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::id::{EventId, Position};
use ledger_core::store::EventStore;
use ledger_core::time::Day;
use serde::Serialize;

use super::fact_set::FactSet;
use super::fold::Amount;
use super::measure::{Counted, Excluded, Measure};
use super::scope::Scope;
use super::table::{INDICATORS, Indicator};
use crate::facts::{Kind, Stored, Versions};
use crate::figures::FiguresError;
use crate::settings::{Settings, SettingsHistory};
use crate::views::Views;

/// What an event did to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// It is new.
    Added,
    /// It is new, and occurred before the window began.
    Late,
    /// It corrected an earlier event.
    Corrected,
    /// It annulled an earlier event.
    Annulled,
    /// It reversed an annulment.
    Reinstated,
    /// It moved an event to another person.
    Reassigned,
    /// It made two cases one person.
    Merged,
    /// It made them two persons again.
    Unmerged,
    /// It changed a setting.
    Setting,
}

/// One event that changed a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cause {
    /// Its position.
    pub position: Position,
    /// The event.
    pub event: EventId,
    /// What it did.
    pub kind: CauseKind,
}

/// A figure that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The indicator.
    pub indicator: &'static str,
    /// Its value before.
    pub before: Amount,
    /// Its value after.
    pub after: Amount,
    /// The events that changed it, by position.
    pub causes: Vec<Cause>,
}

/// The figures that changed between two positions, each with the events that changed it; the views
/// must have been brought forward before.
///
/// # Errors
/// [`FiguresError`] when facts or settings cannot be read.
pub async fn changed_since(
    store: &dyn EventStore,
    views: &Views,
    scope: Scope,
    (from, to): (Position, Position),
) -> Result<Vec<Change>, FiguresError> {
    let versions = Versions::between(views, from, to, Kind::ALL).await?;
    let settings = SettingsHistory::read(store, Some(to)).await?;
    Ok(changed_between(&versions, &settings, scope, (from, to)))
}

/// The figures that changed between two positions, each with the events that changed it.
#[must_use]
pub fn changed_between(
    versions: &Versions,
    settings: &SettingsHistory,
    scope: Scope,
    (from, to): (Position, Position),
) -> Vec<Change> {
    let window = Window::new(versions, settings, (from, to));
    let changes = INDICATORS.iter();
    changes
        .filter_map(|indicator| window.change(indicator, scope))
        .collect()
}

/// A stretch of the log with facts and settings at its ends.
struct Window<'a> {
    versions: &'a Versions,
    history: &'a SettingsHistory,
    from: Position,
    to: Position,
    facts: [FactSet<'a>; 2],
    settings: [Settings; 2],
    /// Day on which the window begins: that of the last event before it.
    begins: Option<Day>,
    /// The events of the window, by position.
    events: BTreeMap<Position, &'a Stored>,
    /// What was said in the window about older events, by that event.
    acts: BTreeMap<&'a str, Vec<&'a Stored>>,
}

impl<'a> Window<'a> {
    fn new(
        versions: &'a Versions,
        history: &'a SettingsHistory,
        (from, to): (Position, Position),
    ) -> Self {
        let facts = [FactSet::at(versions, from), FactSet::at(versions, to)];
        let begins = facts[0].all().iter().map(|fact| fact.recorded).max();
        let mut events = BTreeMap::new();
        let mut acts: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
        for fact in &versions.facts {
            // Facts of an older event that a correction opened stand under the correction's
            // position; the correction's own fact speaks for it.
            let written = from < fact.position && fact.position <= to;
            let own = !is_act(fact.kind) && fact.from == fact.position;
            if written && is_act(fact.kind) {
                events.insert(fact.position, fact);
                acts.entry(fact.thing.as_str()).or_default().push(fact);
            } else if written && own {
                events.entry(fact.position).or_insert(fact);
            }
        }
        Self {
            versions,
            history,
            from,
            to,
            facts,
            settings: [history.at(from), history.at(to)],
            begins,
            events,
            acts,
        }
    }

    fn change(&self, indicator: &'static Indicator, scope: Scope) -> Option<Change> {
        let [before, after] = [0_usize, 1].map(|end| {
            let (facts, settings) = (self.facts.get(end)?, self.settings.get(end)?);
            Some(super::measure(indicator, facts, scope, settings))
        });
        let (before, after) = (before?, after?);
        if !differs(&before, &after) {
            return None;
        }
        let mut causes = self.by_units(&before, &after);
        if causes.is_empty() || before.target != after.target || before.rule != after.rule {
            let settings = self.steps(indicator, scope, causes.is_empty());
            causes.extend(settings);
        }
        Some(Change {
            indicator: indicator.id,
            before: before.value,
            after: after.value,
            causes: causes.into_iter().collect(),
        })
    }

    /// The causes among the events on which changed units rested or rest.
    fn by_units(&self, before: &Measure, after: &Measure) -> BTreeSet<Cause> {
        let (old, new) = (units(before), units(after));
        let mut causes = BTreeSet::new();
        let keys: BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (old, new) = (old.get(key), new.get(key));
            if old == new {
                continue;
            }
            let entries = old.into_iter().chain(new).flatten();
            for event in entries.flat_map(Entry::events) {
                causes.extend(self.causes_about(event));
            }
        }
        causes
    }

    /// The event itself where it was written in the window, and what the window says about it.
    fn causes_about(&self, event: EventId) -> Vec<Cause> {
        let name = event.to_string();
        let acts = self.acts.get(name.as_str()).into_iter().flatten();
        let mut causes: Vec<Cause> = acts.map(|fact| self.cause(fact)).collect();
        let own = self.events.values().filter(|fact| fact.event == event);
        causes.extend(own.map(|fact| self.cause(fact)));
        causes
    }

    /// The events at which the figure changes, found by halving the window; settings alone, or any.
    fn steps(&self, indicator: &'static Indicator, scope: Scope, any: bool) -> Vec<Cause> {
        let wanted = self
            .events
            .iter()
            .filter(|(_, fact)| any || fact.kind == Kind::Setting);
        let positions: Vec<Position> = wanted.map(|(position, _)| *position).collect();
        let mut found = Vec::new();
        let at = |position: Position| {
            let facts = FactSet::at(self.versions, position);
            super::measure(indicator, &facts, scope, &self.history.at(position))
        };
        if any {
            halve(&at, &positions, (&at(self.from), &at(self.to)), &mut found);
        } else {
            for position in positions {
                let eve = Position::new(position.get().saturating_sub(1));
                if differs(&at(eve), &at(position)) {
                    found.push(position);
                }
            }
        }
        let facts = found
            .iter()
            .filter_map(|position| self.events.get(position));
        facts.map(|fact| self.cause(fact)).collect()
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
        let kind = kinds.map_or(new, |(_, kind)| *kind);
        Cause {
            position: fact.position,
            event: fact.event,
            kind,
        }
    }
}

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

const fn is_act(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Corrected | Kind::Annulled | Kind::AnnulmentReversed | Kind::Reassigned
    )
}

/// Whether what is shown of a figure differs.
fn differs(before: &Measure, after: &Measure) -> bool {
    let lines = |measure: &Measure| -> Vec<(String, Amount)> {
        let lines = measure.lines.iter();
        lines
            .map(|line| (line.key.clone(), line.value.clone()))
            .collect()
    };
    before.value != after.value
        || before.target != after.target
        || before.rule != after.rule
        || lines(before) != lines(after)
}

/// Collects the positions at which a figure changes between two that differ.
fn halve(
    at: &impl Fn(Position) -> Measure,
    positions: &[Position],
    (before, after): (&Measure, &Measure),
    found: &mut Vec<Position>,
) {
    match positions {
        [] => {},
        _ if !differs(before, after) => {},
        [one] => found.push(*one),
        _ => {
            let half = positions.len().checked_div(2).unwrap_or(0);
            let (left, right) = positions.split_at(half);
            let Some(last) = left.last() else { return };
            let middle = at(*last);
            halve(at, left, (before, &middle), found);
            halve(at, right, (&middle, after), found);
        },
    }
}

/// Where a unit stands: in which list, under which name, by which event.
type Key<'m> = (&'m str, &'m str);

/// How a unit counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry<'m> {
    Counted(&'m Counted),
    Excluded(&'m Excluded),
}

impl Entry<'_> {
    fn events(&self) -> Vec<EventId> {
        let (event, rests_on) = match self {
            Self::Counted(one) => (one.event, &one.rests_on),
            Self::Excluded(one) => (one.event, &one.rests_on),
        };
        std::iter::once(event)
            .chain(rests_on.iter().copied())
            .collect()
    }
}

/// Every unit of a figure and of its breakdown, with how it counts.
fn units(measure: &Measure) -> BTreeMap<Key<'_>, BTreeSet<Entry<'_>>> {
    let mut units: BTreeMap<Key<'_>, BTreeSet<Entry<'_>>> = BTreeMap::new();
    let lines = measure.lines.iter();
    let lines = lines.flat_map(|line| line.counted.iter().map(|one| (line.key.as_str(), one)));
    for (list, one) in measure.counted.iter().map(|one| ("", one)).chain(lines) {
        let unit = units.entry((list, one.unit.as_str())).or_default();
        unit.insert(Entry::Counted(one));
    }
    for one in &measure.excluded {
        let unit = units.entry(("", one.unit.as_str())).or_default();
        unit.insert(Entry::Excluded(one));
    }
    units
}
