//! The terms of a disaster plan's yearly clock: one source for timelines, indicators and the work list.

use crate::settings::Settings;

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
