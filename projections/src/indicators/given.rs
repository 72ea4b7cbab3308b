//! What an indicator's function is given, and small helpers that many of them share.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger_core::time::{Day, TimeOfDay};

use super::fact_set::FactSet;
use super::fold::Fold;
use super::measure::{Counted, Line};
use super::people::{Person, people_on};
use super::rules::Rules;
use super::scope::{Period, Scope};
use crate::facts::{Kind, Stored};
use crate::settings::Settings;

/// Facts, scope, settings and rules.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a, 'f> {
    /// The facts.
    pub facts: &'f FactSet<'a>,
    /// The year and the day.
    pub scope: Scope,
    /// The settings.
    pub settings: &'f Settings,
    /// The counting rules.
    pub rules: Rules,
}

impl<'a> Given<'a, '_> {
    /// The part of the year that has passed.
    #[must_use]
    pub fn period(&self) -> Period {
        self.scope.period()
    }

    /// The day on which states are looked at.
    #[must_use]
    pub fn end(&self) -> Day {
        self.scope.end()
    }

    /// The facts of a kind in the period.
    pub fn within(&self, kind: Kind) -> impl Iterator<Item = &'a Stored> {
        self.facts.within(kind, self.period())
    }

    /// Every person known at the end of the period.
    #[must_use]
    pub fn people(&self) -> BTreeMap<&'a str, Person<'a>> {
        people_on(self.facts, self.end())
    }

    /// A fact as a counted unit of its person.
    #[must_use]
    pub fn counted(&self, fact: &'a Stored, unit: impl Into<Arc<str>>) -> Counted {
        let counted = Counted::of(fact, self.facts.person(fact), unit);
        counted.with(self.facts.identity(fact))
    }

    /// A fact as its person, where it has one.
    #[must_use]
    pub fn as_person(&self, fact: &'a Stored) -> Option<Counted> {
        Some(self.counted(fact, self.facts.person(fact)?))
    }

    /// Business days after one day up to another.
    #[must_use]
    pub fn business_days(&self, from: Day, to: Day) -> i64 {
        self.settings.business_days_after(from, to)
    }

    /// Minutes of opening hours between two facts; one whose time is unknown stands at the opening.
    #[must_use]
    pub(super) fn business_minutes(&self, from: &Stored, to: &Stored) -> i64 {
        let (Some(first), Some(last)) = (from.day, to.day) else {
            return 0;
        };
        let days = first.iter_days().take_while(|day| *day <= last);
        let minutes = days.map(|day| {
            let Some(calendar) = self.settings.calendar(day) else {
                return 0;
            };
            if !calendar.is_business_day(day) {
                return 0;
            }
            let hours = &calendar.opening_hours;
            let (opening, closing) = (minute_of(hours.from()), minute_of(hours.to()));
            let within = |minute: Option<i64>| minute.unwrap_or(opening).clamp(opening, closing);
            let begun = if day == first {
                within(from.minute)
            } else {
                opening
            };
            let ended = if day == last {
                within(to.minute)
            } else {
                closing
            };
            ended.saturating_sub(begun).max(0)
        });
        minutes.fold(0, i64::saturating_add)
    }

    /// How many days a term allows, and whether business days are meant.
    #[must_use]
    pub fn term(&self, term: &str, days: i64, business: bool) -> (i64, bool) {
        let set = self.settings.term(term);
        set.map_or((days, business), |set| {
            (i64::from(set.days), set.business_days)
        })
    }

    /// Whether more days than a term allows lie between two days.
    #[must_use]
    pub fn is_past(&self, (days, business): (i64, bool), from: Day, to: Day) -> bool {
        if business {
            self.business_days(from, to) > days
        } else {
            super::scope::days_between(from, to) > days
        }
    }
}

/// Minutes of a day until a time.
fn minute_of(time: TimeOfDay) -> i64 {
    time.signed_duration_since(TimeOfDay::MIN).num_minutes()
}

/// Rows of a breakdown: each list under its key.
pub(super) fn lines(fold: Fold, groups: BTreeMap<String, Vec<Counted>>) -> Vec<Line> {
    let groups = groups.into_iter();
    groups
        .map(|(key, counted)| Line::new(key, fold, counted))
        .collect()
}

/// Lists by a key.
#[derive(Debug, Default)]
pub(super) struct Groups(pub(super) BTreeMap<String, Vec<Counted>>);

impl Groups {
    /// Puts one under a key.
    pub(super) fn add(&mut self, key: impl Into<String>, counted: Counted) {
        self.0.entry(key.into()).or_default().push(counted);
    }

    /// The rows of a breakdown.
    pub(super) fn lines(self, fold: Fold) -> Vec<Line> {
        lines(fold, self.0)
    }
}

/// A code that is given, or `unknown`.
pub(crate) fn code(code: Option<&str>) -> &str {
    code.unwrap_or("unknown")
}
