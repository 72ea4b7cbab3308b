//! A disaster plan's yearly clock and its terms: one source for timelines, indicators and the work list.

use std::collections::BTreeMap;

use ledger_core::time::Day;

use crate::facts::{Kind, Stored};
use crate::indicators::FactSet;
use crate::settings::Settings;

/// A person's yearly clock: the newest first agreement or verification of a plan that goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock<'a> {
    /// What set it.
    pub(crate) set_by: &'a Stored,
    /// Since when it runs.
    pub(crate) day: Day,
}

impl<'a> Clock<'a> {
    /// The clock of a person on a day; none without a plan that goes on.
    pub(crate) fn of(facts: &FactSet<'a>, person: &str, day: Day) -> Option<Self> {
        let of = |kind| facts.person_facts(kind, person).iter().copied();
        let mut agreed: BTreeMap<&str, &Stored> = BTreeMap::new();
        for fact in of(Kind::DisasterPlanAgreed).filter(|fact| fact.day.is_some()) {
            let earliest = agreed.entry(fact.thing.as_str()).or_insert(fact);
            if (fact.day, fact.position) < (earliest.day, earliest.position) {
                *earliest = fact;
            }
        }
        let steps = agreed
            .into_values()
            .chain(of(Kind::DisasterPlanVerified))
            .filter(|fact| fact.day.is_some_and(|on| on <= day))
            .filter(|fact| !is_ended(facts, person, &fact.thing, day));
        let set_by = steps.max_by_key(|fact| (fact.day, fact.position))?;
        Some(Self {
            set_by,
            day: set_by.day?,
        })
    }
}

/// Whether a person's plan ended by a day; an unknown day counts as past. A plan that was moved may
/// stand by the same id elsewhere.
pub(crate) fn is_ended(facts: &FactSet<'_>, person: &str, plan: &str, day: Day) -> bool {
    let ended = facts.person_facts(Kind::DisasterPlanEnded, person);
    let mut own = ended.iter().filter(|fact| fact.thing == plan);
    own.any(|fact| fact.day.is_none_or(|on| on <= day))
}

/// How many days a disaster plan is current after its agreement or last verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlyClock {
    /// Days for which it is current.
    pub due: i64,
    /// Days before their end from which it is due soon.
    pub soon: i64,
    /// Days after which it is long overdue.
    pub long: i64,
}

impl YearlyClock {
    /// What holds until the ward sets other terms: 年１回程度 of the paper, taken as 365 days; the
    /// other two are assumptions.
    pub const PROPOSED: Self = Self {
        due: 365,
        soon: 60,
        long: 548,
    };

    /// The terms as they hold under settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let days = |term, proposed| {
            settings
                .term(term)
                .map_or(proposed, |set| i64::from(set.days))
        };
        Self {
            due: days("disaster-plan-verification", Self::PROPOSED.due),
            soon: days("disaster-plan-due-soon", Self::PROPOSED.soon),
            long: days("long-overdue", Self::PROPOSED.long),
        }
    }
}
