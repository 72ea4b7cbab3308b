//! What a figure counts, by month.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use ledger_core::time::Day;

use crate::indicators::Counted;

/// How many units fall into each month, named by its first day; a unit counts once, in the month of its
/// first day, so that the months add up to the figure.
#[must_use]
pub fn by_month(counted: &[Counted]) -> BTreeMap<Day, i64> {
    let mut firsts: BTreeMap<&str, Day> = BTreeMap::new();
    let with_day = counted.iter().filter(|one| one.hit);
    for (one, day) in with_day.filter_map(|one| Some((one, one.day?))) {
        let first = firsts.entry(&*one.unit).or_insert(day);
        *first = day.min(*first);
    }
    let mut months: BTreeMap<Day, i64> = BTreeMap::new();
    for month in firsts.into_values().filter_map(|day| day.with_day(1)) {
        let count = months.entry(month).or_default();
        *count = count.saturating_add(1);
    }
    months
}
