//! Business days, counted once for a long stretch and looked up afterwards.

use std::sync::OnceLock;

use ledger_core::time::Day;

/// How many years around the trial are counted at once.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2045;

/// Business days from the first day of the stretch up to each day of it.
///
/// It follows from the settings beside it, so two of them are never told apart.
#[derive(Clone, Debug, Default)]
pub(super) struct BusinessDays(OnceLock<Vec<i64>>);

impl PartialEq for BusinessDays {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for BusinessDays {}

impl BusinessDays {
    /// Business days from a day to another, both counted.
    pub(super) fn between(
        &self,
        first: Day,
        last: Day,
        is_business_day: impl Fn(Day) -> bool,
    ) -> i64 {
        if last < first {
            return 0;
        }
        let counted = self.0.get_or_init(|| sums(&is_business_day));
        let until = |day: Option<Day>| counted.get(index(day?)?).copied();
        if let (Some(last), Some(before)) = (until(Some(last)), until(first.pred_opt())) {
            return last.saturating_sub(before);
        }
        let days = first.iter_days().take_while(|day| *day <= last);
        i64::try_from(days.filter(|day| is_business_day(*day)).count()).unwrap_or(i64::MAX)
    }
}

fn begin() -> Day {
    Day::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or(Day::MIN)
}

fn index(day: Day) -> Option<usize> {
    usize::try_from(day.signed_duration_since(begin()).num_days()).ok()
}

fn sums(is_business_day: &impl Fn(Day) -> bool) -> Vec<i64> {
    let end = Day::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(Day::MIN);
    let days = begin().iter_days().take_while(|day| *day <= end);
    let sums = days.scan(0_i64, |sum, day| {
        *sum = sum.saturating_add(i64::from(is_business_day(day)));
        Some(*sum)
    });
    sums.collect()
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;

    #[test]
    fn looked_up_days_are_those_that_are_counted_one_by_one() {
        let business = BusinessDays::default();
        let open = |day: Day| !day.day().is_multiple_of(3);
        let day = |text: &str| text.parse::<Day>().unwrap();

        for (first, last) in [
            ("2021-08-01", "2024-03-31"),
            ("2021-08-03", "2021-08-03"),
            ("2021-08-02", "2021-08-01"),
            ("2014-12-30", "2015-01-02"),
            ("2045-12-30", "2046-01-02"),
        ] {
            let days = day(first).iter_days().take_while(|one| *one <= day(last));
            let naive = days.filter(|one| open(*one)).count();
            let found = business.between(day(first), day(last), open);
            assert_eq!(found, i64::try_from(naive).unwrap(), "{first} {last}");
        }
    }
}
