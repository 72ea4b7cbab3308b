//! Which stretch of time a figure is about.

use ledger_core::time::{Day, FiscalYear};
use serde::Serialize;

/// A fiscal year, seen on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Scope {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The day: later things are not counted. A day behind the year's end lets a year's referrals and
    /// plans show what came of them afterwards.
    pub day: Day,
}

/// A stretch of days, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

impl Period {
    /// Whether a day lies in it; an unknown one does not.
    #[must_use]
    pub fn holds(&self, day: Option<Day>) -> bool {
        day.is_some_and(|day| self.first <= day && day <= self.last)
    }
}

impl Scope {
    /// A whole fiscal year, seen on its last day.
    #[must_use]
    pub fn of_year(year: FiscalYear) -> Self {
        Self {
            year,
            day: year.last_day(),
        }
    }

    /// The part of the year that has passed by the day.
    #[must_use]
    pub fn period(&self) -> Period {
        Period {
            first: self.year.first_day(),
            last: self.end(),
        }
    }

    /// The day on which states are looked at: the day, or the year's last one.
    #[must_use]
    pub fn end(&self) -> Day {
        self.day.min(self.year.last_day())
    }

    /// The same stretch of the fiscal year before.
    #[must_use]
    pub fn year_before(&self) -> Self {
        let before = FiscalYear::new(self.year.year().saturating_sub(1));
        let day = self.end().checked_sub_months(chrono::Months::new(12));
        Self {
            year: before,
            day: day.unwrap_or_else(|| before.last_day()),
        }
    }
}

/// Whole days from one day to another.
#[must_use]
pub(crate) fn days_between(from: Day, to: Day) -> i64 {
    to.signed_duration_since(from).num_days()
}
