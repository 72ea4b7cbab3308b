//! Planned numbers (予定数), how far a figure is, and at what pace.

use ledger_core::code::Service;
use ledger_core::time::FiscalYear;
use serde::{Deserialize, Serialize};

use super::scope::Scope;
use crate::settings::Settings;

/// What the plan says where it names no number for a later year.
pub const EXPANDING_JA: &str = "順次拡大";

/// A planned number of a service for a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Target {
    /// A number, or a range.
    Number {
        /// Lower end.
        low: u32,
        /// Upper end.
        high: u32,
        /// The plan says 程度.
        approximate: bool,
        /// The full-year number, as the plan names none for this year.
        full_year: bool,
    },
    /// The plan names no number: 順次拡大.
    Expanding,
    /// Nothing was planned.
    Unset,
}

impl Target {
    /// The planned number of a service for a year: its own; else for ア after the first year 順次拡大
    /// until someone sets one, for the others the full-year number. A year outside the trial has none
    /// unless somebody set one for it.
    #[must_use]
    pub fn of(settings: &Settings, service: Service, year: FiscalYear) -> Self {
        let planned = || {
            settings
                .planned()
                .iter()
                .filter(|set| set.service == service)
        };
        let own = planned().find(|set| set.fiscal_year == Some(year));
        let full = planned().find(|set| set.fiscal_year.is_none());
        let full = full.filter(|_| settings.in_trial(year));
        let consultation = matches!(
            service,
            Service::SpecialistConsultation | Service::HomeLivingSupportPlan
        );
        let first = settings.starts_on().map(FiscalYear::of);
        match (own, full) {
            (None, Some(_)) if consultation && first.is_none_or(|first| first < year) => {
                Self::Expanding
            },
            (Some(set), _) | (None, Some(set)) => Self::Number {
                low: set.low,
                high: set.high,
                approximate: set.approximate,
                full_year: set.fiscal_year.is_none(),
            },
            (None, None) => Self::Unset,
        }
    }

    /// So many of which each takes so many; none where no number is planned.
    pub(super) fn divided(self, by: u32) -> Option<Self> {
        let Self::Number {
            low,
            high,
            approximate,
            full_year,
        } = self
        else {
            return None;
        };
        Some(Self::Number {
            low: low.checked_div(by)?,
            high: high.checked_div(by)?,
            approximate,
            full_year,
        })
    }
}

/// Where a figure stands against its planned number; the bands are an assumption, since the plan
/// says 程度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// 90 % or more.
    Reached,
    /// 70 to 89 %.
    Near,
    /// Less than 70 %.
    Behind,
}

impl Band {
    /// The word that the ward's evaluations use.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Reached => "達成",
            Self::Near => "概ね達成",
            Self::Behind => "未達",
        }
    }
}

/// How far a figure is, and at what pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achievement {
    /// What was done.
    pub actual: i64,
    /// Percent of the lower end, rounded down.
    pub percent_of_low: Option<i64>,
    /// Percent of the upper end, rounded down.
    pub percent_of_high: Option<i64>,
    /// Where it stands against the lower end.
    pub band: Band,
    /// Business days of the operating part of the year that have passed.
    pub days_elapsed: i64,
    /// Business days of the operating part of the year.
    pub days_of_year: i64,
    /// What a straight line to the lower end expects by now, in tenths.
    pub expected_tenths: Option<i64>,
    /// What the year ends with at this pace.
    pub forecast: Option<i64>,
}

impl Achievement {
    /// Whether no business day of the year is left: it ends with what was done.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.days_of_year > 0 && self.days_elapsed >= self.days_of_year
    }

    /// Whether all of the planned number was done, of a range its lower end.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.percent_of_low.is_some_and(|percent| percent >= 100)
    }

    /// Whether more was done than planned, of a range than its upper end.
    #[must_use]
    pub fn is_beyond(&self) -> bool {
        self.percent_of_high.is_some_and(|percent| percent > 100)
    }

    /// Whether the planned number is a range: a count is another percentage of either end.
    #[must_use]
    pub fn is_of_range(&self) -> bool {
        self.percent_of_low != self.percent_of_high
    }

    /// How far a count is against a planned number; nothing where the plan names none.
    #[must_use]
    pub fn of(actual: i64, target: Target, settings: &Settings, scope: Scope) -> Option<Self> {
        let Target::Number { low, high, .. } = target else {
            return None;
        };
        let (low, high) = (i64::from(low), i64::from(high));
        let hundredfold = actual.saturating_mul(100);
        let band = if hundredfold >= low.saturating_mul(90) {
            Band::Reached
        } else if hundredfold >= low.saturating_mul(70) {
            Band::Near
        } else {
            Band::Behind
        };
        let (days_elapsed, days_of_year) = operating_days(settings, scope);
        let expected = low.saturating_mul(days_elapsed).saturating_mul(10);
        Some(Self {
            actual,
            percent_of_low: hundredfold.checked_div(low),
            percent_of_high: hundredfold.checked_div(high),
            band,
            days_elapsed,
            days_of_year,
            expected_tenths: expected.checked_div(days_of_year),
            forecast: actual
                .saturating_mul(days_of_year)
                .checked_div(days_elapsed),
        })
    }
}

/// Business days of the operating part of a year: passed by the scope's day, and altogether.
fn operating_days(settings: &Settings, scope: Scope) -> (i64, i64) {
    let starts = settings.starts_on().unwrap_or(scope.year.first_day());
    let first = scope.year.first_day().max(starts);
    let ends = settings.ends_on().unwrap_or(scope.year.last_day());
    let last = scope.year.last_day().min(ends);
    (
        settings.business_days(first, scope.end().min(last)),
        settings.business_days(first, last),
    )
}
