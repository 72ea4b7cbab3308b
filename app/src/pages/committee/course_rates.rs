//! 月別の推移 of a rate and of days of waiting: how a figure stands on the last day of each month, which is a value
//! and no part of one.

use std::sync::Arc;

use chrono::{Days, Months};
use ledger_core::time::Day;
use ledger_projections::figures;
use ledger_projections::indicators::{Amount, Given, Scope, measure};
use ledger_projections::small_cells::SHOWN_MIN;

use super::super::chart::{Height, rounded_up};
use super::super::language::t;
use super::cells::WITHHELD;
use super::course::{Service, Year, drawn};
use super::looked::{Looked, indicator};

/// An id, its name and its unit in both languages, and the top of its charts where that is known.
type Rate = (
    &'static str,
    (&'static str, &'static str),
    (&'static str, &'static str),
    Option<i64>,
);

const RATES: [Rate; 2] = [
    (
        "D-1",
        (
            "災害時個別支援計画の作成率（月末）",
            "Disaster plan coverage (at the month's end)",
        ),
        ("％", " %"),
        Some(100),
    ),
    (
        "C-2",
        (
            "連携の待ち日数（年度初めから月末までの中央値）",
            "Days of waiting for referrals (median from April to the month's end)",
        ),
        ("日", " days"),
        None,
    ),
];

/// A step of a rate, in tenths of a per cent.
const STEP_TENTHS: i64 = 50;

/// Fewest of whom a rate is told month by month.
const OF_RATES_MIN: i64 = 50;

/// What stands at a month's end: its height in tenths, and the number in words.
struct Stood {
    month: Day,
    tenths: Height,
    told: String,
}

impl Stood {
    /// How many whole units a scale reaches for it at least.
    fn top(&self) -> i64 {
        match &self.tenths {
            Height::Of(tenths) => tenths.saturating_add(9).div_euclid(10),
            Height::Withheld | Height::None => self.tenths.top(),
        }
    }
}

/// The rates month by month, of the years that are looked at.
pub(super) fn rates(looked: &[Looked]) -> Vec<Service> {
    let rates = RATES.iter().map(|rate| told(*rate, looked));
    rates.collect()
}

fn told((id, (ja, en), (unit_ja, unit_en), top): Rate, looked: &[Looked]) -> Service {
    let (name, unit) = (t(ja, en), t(unit_ja, unit_en));
    let months = looked
        .iter()
        .map(|looked| looked.board(id, |given| months(id, given)));
    let years: Vec<Arc<Vec<Stood>>> = months.collect();
    let heights = years.iter().flat_map(|months| months.iter());
    let heights = heights.map(Stood::top);
    let top = top.unwrap_or_else(|| rounded_up(heights.max().unwrap_or(0)));
    let drawn = looked.iter().zip(years).map(|(looked, months)| {
        let newest = months.iter().rev().find(|one| one.tenths != Height::None);
        let total = newest.map_or("―", |one| &*one.told).to_owned();
        let months = months.iter();
        let months = months.map(|one| (one.month, one.tenths.clone(), one.told.clone()));
        let months: Vec<_> = months.collect();
        let (of, top) = ((looked.scope.year, looked.stamp()), top.saturating_mul(10));
        drawn((id, name), of, &months, top).with_total(&total, unit)
    });
    let years: Vec<Year> = drawn.collect();
    Service {
        id,
        name,
        unit,
        top,
        is_rate: true,
        years,
    }
}

/// How a figure stood at the end of each month of the year; of months before the trial or to come nothing.
fn months(id: &str, given: &Given<'_, '_>) -> Vec<Stood> {
    let first = given.scope.year.first_day();
    let months = (0..12).filter_map(|nth| first.checked_add_months(Months::new(nth)));
    let stood = months.map(|month| {
        let (tenths, told) = match last_day(month).filter(|last| has_come(*last, month, given)) {
            Some(last) => value(id, given, last.min(given.end())),
            None => (Height::None, "―".to_owned()),
        };
        Stood {
            month,
            tenths,
            told,
        }
    });
    stood.collect()
}

fn last_day(month: Day) -> Option<Day> {
    let next = month.checked_add_months(Months::new(1))?;
    next.checked_sub_days(Days::new(1))
}

fn has_come(last: Day, month: Day, given: &Given<'_, '_>) -> bool {
    let begun = given.settings.starts_on();
    begun.is_none_or(|begun| begun <= last) && month <= given.end()
}

/// A value on a day; of fewer than five cases no days, and of fewer than fifty no rate. A rate is told in steps of five per
/// cent, which are three persons or more then: exact ones would tell how many plans were made between two months' ends,
/// of which those of 1 to 4 are withheld.
fn value(id: &str, given: &Given<'_, '_>, day: Day) -> (Height, String) {
    let Some(indicator) = indicator(id) else {
        return (Height::None, "―".to_owned());
    };
    let then = Scope { day, ..given.scope };
    let then = figures::scope(indicator, then);
    let measure = measure(indicator, given.facts, then, given.settings);
    let (tenths, n, fewest) = match &measure.value {
        share @ Amount::Share { of, .. } => (share.per_mille().map(in_steps), *of, OF_RATES_MIN),
        Amount::Days {
            median_tenths, n, ..
        } => (*median_tenths, *n, SHOWN_MIN),
        Amount::Count { .. }
        | Amount::Mean { .. }
        | Amount::Yen { .. }
        | Amount::YenOf { .. }
        | Amount::YenEach { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => (None, 0, SHOWN_MIN),
    };
    match tenths {
        Some(tenths) if n >= fewest => (Height::Of(tenths), in_tenths(tenths)),
        Some(_) | None if n > 0 => (Height::Withheld, WITHHELD.to_owned()),
        Some(_) | None => (Height::None, "―".to_owned()),
    }
}

/// Tenths of a per cent in steps of five per cent.
const fn in_steps(tenths: i64) -> i64 {
    let steps = tenths
        .saturating_add(STEP_TENTHS / 2)
        .div_euclid(STEP_TENTHS);
    steps.saturating_mul(STEP_TENTHS)
}

/// A number with its tenths, where there are any.
fn in_tenths(tenths: i64) -> String {
    match (tenths.div_euclid(10), tenths.rem_euclid(10)) {
        (whole, 0) => whole.to_string(),
        (whole, tenths) => format!("{whole}.{tenths}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_on_its_last_day_and_a_number_keeps_its_tenth() {
        let end = |month: &str| last_day(month.parse().unwrap()).unwrap().to_string();
        assert_eq!(end("2024-02-01"), "2024-02-29");
        assert_eq!(end("2023-12-01"), "2023-12-31");
        let told = [
            995,
            5,
            in_steps(995),
            in_steps(424),
            in_steps(426),
            in_steps(24),
        ]
        .map(in_tenths);
        assert_eq!(told, ["99.5", "0.5", "100", "40", "45", "0"]);
    }
}
