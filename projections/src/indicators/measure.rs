//! What measuring yields: a value that is a fold of its own list of counted events.

use std::sync::Arc;

use ledger_core::id::{EventId, Position};
use ledger_core::time::Day;
use serde::Serialize;

use super::fold::{Amount, Fold, folded};
use super::target::{Achievement, Target};
use crate::facts::Stored;

/// One event that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Counted {
    /// What is counted: a consultation, a person, a plan …
    ///
    /// Shared: one event stands in many lists.
    pub unit: Arc<str>,
    /// The event.
    pub event: EventId,
    /// Position of the event, or of the correction whose content counts.
    pub position: Position,
    /// Whom it is about, merged cases as one.
    pub subject: Option<Arc<str>>,
    /// Its day.
    pub day: Option<Day>,
    /// How much it counts: 1, days, yen …
    pub amount: i64,
    /// It stands above the line; else below it alone.
    pub hit: bool,
    /// Other events without which it would count otherwise.
    pub rests_on: Vec<EventId>,
}

impl Counted {
    /// An event that counts as a unit.
    #[must_use]
    pub fn of(fact: &Stored, subject: Option<&str>, unit: impl Into<Arc<str>>) -> Self {
        Self {
            unit: unit.into(),
            event: fact.event,
            position: fact.position,
            subject: subject.map(Arc::from),
            day: fact.day,
            amount: 1,
            hit: true,
            rests_on: Vec::new(),
        }
    }

    /// The same with an amount.
    #[must_use]
    pub const fn amount(mut self, amount: i64) -> Self {
        self.amount = amount;
        self
    }

    /// The same, above the line or not.
    #[must_use]
    pub const fn hit(mut self, hit: bool) -> Self {
        self.hit = hit;
        self
    }

    /// The same, resting on other facts, too.
    #[must_use]
    pub fn with<'a>(mut self, facts: impl IntoIterator<Item = &'a Stored>) -> Self {
        for fact in facts {
            if fact.event != self.event && !self.rests_on.contains(&fact.event) {
                self.rests_on.push(fact.event);
            }
        }
        self
    }
}

/// One event that a figure leaves out, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Excluded {
    /// What would be counted.
    pub unit: String,
    /// The event.
    pub event: EventId,
    /// Its position.
    pub position: Position,
    /// Why, as a code of [`super::REASONS`].
    pub reason: &'static str,
    /// The events that are the reason.
    pub rests_on: Vec<EventId>,
}

impl Excluded {
    /// An event that does not count.
    #[must_use]
    pub fn of(fact: &Stored, unit: impl Into<String>, reason: &'static str) -> Self {
        Self {
            unit: unit.into(),
            event: fact.event,
            position: fact.position,
            reason,
            rests_on: Vec::new(),
        }
    }

    /// The same, with the facts that are the reason.
    #[must_use]
    pub fn with<'a>(mut self, facts: impl IntoIterator<Item = &'a Stored>) -> Self {
        for fact in facts {
            if fact.event != self.event && !self.rests_on.contains(&fact.event) {
                self.rests_on.push(fact.event);
            }
        }
        self
    }
}

/// A row of a figure's breakdown, a fold of its own list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Which row: codes joined by `/`.
    pub key: String,
    /// Its value.
    pub value: Amount,
    /// How the list becomes the value.
    #[serde(skip)]
    pub fold: Fold,
    /// Its planned number, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How far it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Achievement>,
    /// What it counts.
    pub counted: Vec<Counted>,
}

impl Line {
    /// A row that folds a list.
    #[must_use]
    pub fn new(key: impl Into<String>, fold: Fold, counted: Vec<Counted>) -> Self {
        Self {
            key: key.into(),
            value: folded(fold, &counted),
            fold,
            target: None,
            achievement: None,
            counted,
        }
    }
}

/// What an indicator's function yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measured {
    /// How the list becomes the value.
    pub(crate) fold: Fold,
    /// What is counted.
    pub(crate) counted: Vec<Counted>,
    /// What is left out.
    pub(crate) excluded: Vec<Excluded>,
    /// The breakdown.
    pub(crate) lines: Vec<Line>,
}

impl Measured {
    /// A list without exclusions and breakdown.
    pub(crate) const fn new(fold: Fold, counted: Vec<Counted>) -> Self {
        Self {
            fold,
            counted,
            excluded: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The same with what is left out.
    pub(crate) fn without(mut self, excluded: Vec<Excluded>) -> Self {
        self.excluded = excluded;
        self
    }

    /// The same with a breakdown.
    pub(crate) fn lines(mut self, lines: impl IntoIterator<Item = Line>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// The value of the list.
    pub(crate) fn value(&self) -> Amount {
        folded(self.fold, &self.counted)
    }
}

/// A figure, measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The indicator's id.
    pub indicator: &'static str,
    /// The counting rule that was used.
    pub rule: String,
    /// The value.
    pub value: Amount,
    /// How the list becomes the value.
    #[serde(skip)]
    pub fold: Fold,
    /// Distinct units in the list.
    pub n: i64,
    /// What stands below the line, where there is a line.
    pub denominator: Option<i64>,
    /// Its planned number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How far it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Achievement>,
    /// What is counted.
    pub counted: Vec<Counted>,
    /// What is left out, and why.
    pub excluded: Vec<Excluded>,
    /// The breakdown.
    pub lines: Vec<Line>,
}

impl Measure {
    /// The same without the events that it and its rows count, and those that are left out.
    #[must_use]
    pub fn without_events(&self) -> Self {
        let row = |line: &Line| Line {
            key: line.key.clone(),
            value: line.value.clone(),
            target: line.target,
            achievement: line.achievement,
            fold: line.fold,
            counted: Vec::new(),
        };
        Self {
            indicator: self.indicator,
            rule: self.rule.clone(),
            value: self.value.clone(),
            target: self.target,
            achievement: self.achievement,
            fold: self.fold,
            n: self.n,
            denominator: self.denominator,
            counted: Vec::new(),
            excluded: Vec::new(),
            lines: self.lines.iter().map(row).collect(),
        }
    }
}
