//! How a list of counted events becomes a value: counts, shares, medians, means, money.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::measure::Counted;

/// Fewest cases for which a rate is shown; below only the counts are (an assumption).
pub const RATE_MIN: i64 = 5;

/// Fewest cases of which a 90th percentile is told (an assumption): by nearest rank that of nine is the longest one.
/// Figures hold it all the same, so that what was frozen before stays what the log makes.
const RANKED_MIN: i64 = 10;

/// How a list becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Distinct units that hit.
    Units,
    /// Sum of the amounts that hit.
    Sum,
    /// Distinct units that hit, of all units.
    Share,
    /// Median and 90th percentile of the amounts that hit, in days.
    Days,
    /// Median and 90th percentile of the sums of amounts by unit, of those that hit.
    Spread,
    /// Mean of the amounts that hit.
    Mean,
    /// Mean of the sums of amounts by unit, of those that hit.
    MeanByUnit,
    /// Sum of the yen that hit.
    Yen,
    /// Sum of the yen that hit, of the sum of those that do not.
    YenOf,
    /// Sum of the yen that hit, for each unit of the others.
    YenEach,
    /// Distinct units that hit, beside those that do not, which had fewer or more business days.
    Change {
        /// Business days of the period.
        now_days: i64,
        /// Business days of the period before.
        before_days: i64,
    },
    /// Distinct units that hit, for each full-time equivalent.
    PerFte {
        /// Hundredths of a full-time equivalent.
        fte_hundredths: i64,
    },
}

impl Fold {
    /// Whether what does not hit counts, too: below a line, or beside.
    #[must_use]
    pub const fn counts_below(self) -> bool {
        matches!(
            self,
            Self::Share | Self::YenOf | Self::YenEach | Self::Change { .. }
        )
    }

    /// Whether a unit counts once, however often it stands in the list.
    #[must_use]
    pub const fn counts_units(self) -> bool {
        matches!(
            self,
            Self::Units | Self::Share | Self::Change { .. } | Self::PerFte { .. }
        )
    }
}

/// The value of a figure; whole numbers only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Amount {
    /// So many.
    Count {
        /// How many.
        count: i64,
    },
    /// So many of so many.
    Share {
        /// How many.
        hits: i64,
        /// Of how many.
        of: i64,
    },
    /// Days, or another number by case.
    Days {
        /// Median, in tenths.
        median_tenths: Option<i64>,
        /// 90th percentile by nearest rank.
        p90: Option<i64>,
        /// Of how many cases.
        n: i64,
    },
    /// A mean.
    Mean {
        /// In hundredths, rounded towards zero.
        hundredths: Option<i64>,
        /// Of how many cases.
        n: i64,
    },
    /// Money.
    Yen {
        /// Whole yen; none where nothing is recorded of which it could be a sum.
        yen: Option<i64>,
    },
    /// Money of money.
    YenOf {
        /// Whole yen.
        yen: i64,
        /// Of whole yen.
        of: i64,
    },
    /// Money for each.
    YenEach {
        /// Whole yen for each, rounded down.
        yen: Option<i64>,
        /// Of how many.
        n: i64,
    },
    /// Now and before.
    Change {
        /// Now.
        now: i64,
        /// In the period before; none where the centre was not open then.
        before: Option<i64>,
        /// What the period before makes of as many business days as now; tenths.
        expected_tenths: Option<i64>,
    },
    /// For each full-time equivalent.
    PerFte {
        /// In hundredths.
        hundredths: Option<i64>,
        /// How many.
        n: i64,
    },
}

impl Amount {
    /// Per mille, rounded half up, where a rate may be shown at all.
    #[must_use]
    pub fn per_mille(&self) -> Option<i64> {
        match self {
            Self::Share { hits, of } if *of >= RATE_MIN => rounded(hits.saturating_mul(1_000), *of),
            Self::YenOf { yen, of } => rounded(yen.saturating_mul(1_000), *of),
            Self::Share { .. }
            | Self::Count { .. }
            | Self::Days { .. }
            | Self::Mean { .. }
            | Self::Yen { .. }
            | Self::YenEach { .. }
            | Self::Change { .. }
            | Self::PerFte { .. } => None,
        }
    }

    /// The 90th percentile, where it may be told.
    #[must_use]
    pub fn p90(&self) -> Option<i64> {
        let Self::Days { p90, n, .. } = self else {
            return None;
        };
        p90.filter(|_| *n >= RANKED_MIN)
    }

    /// Leaves the 90th percentile out where it may not be told.
    pub fn leave_longest_out(&mut self) {
        let told = self.p90();
        if let Self::Days { p90, .. } = self {
            *p90 = told;
        }
    }

    /// The number that is compared with a planned one, where it is a count.
    #[must_use]
    pub const fn count(&self) -> Option<i64> {
        match self {
            Self::Count { count } => Some(*count),
            Self::Share { .. }
            | Self::Days { .. }
            | Self::Mean { .. }
            | Self::Yen { .. }
            | Self::YenOf { .. }
            | Self::YenEach { .. }
            | Self::Change { .. }
            | Self::PerFte { .. } => None,
        }
    }
}

/// A quotient of amounts that are not negative, rounded half up.
fn rounded(amount: i64, of: i64) -> Option<i64> {
    let half = of.checked_div(2)?;
    amount.saturating_add(half).checked_div(of)
}

/// The value that a list makes.
#[must_use]
pub fn folded(fold: Fold, counted: &[Counted]) -> Amount {
    let above = || counted.iter().filter(|one| one.hit);
    let below = || counted.iter().filter(|one| !one.hit);
    match fold {
        Fold::Units => Amount::Count {
            count: units(above()),
        },
        Fold::Sum => Amount::Count {
            count: sum(above()),
        },
        Fold::Share => Amount::Share {
            hits: units(above()),
            of: units(counted.iter()),
        },
        Fold::Days => days(above().map(|one| one.amount).collect()),
        Fold::Spread => days(by_unit(above()).into_values().collect()),
        Fold::Mean => Amount::Mean {
            hundredths: sum(above())
                .saturating_mul(100)
                .checked_div(length(above())),
            n: length(above()),
        },
        Fold::MeanByUnit => Amount::Mean {
            hundredths: sum(above()).saturating_mul(100).checked_div(units(above())),
            n: units(above()),
        },
        Fold::Yen => Amount::Yen {
            yen: above().next().map(|_| sum(above())),
        },
        Fold::YenOf => Amount::YenOf {
            yen: sum(above()),
            of: sum(below()),
        },
        Fold::YenEach => Amount::YenEach {
            yen: above()
                .next()
                .and_then(|_| sum(above()).checked_div(units(below()))),
            n: units(below()),
        },
        Fold::Change {
            now_days,
            before_days,
        } => {
            let before = units(below());
            let expected = before.saturating_mul(now_days).saturating_mul(10);
            Amount::Change {
                now: units(above()),
                before: (before_days > 0).then_some(before),
                expected_tenths: expected.checked_div(before_days),
            }
        },
        Fold::PerFte { fte_hundredths } => Amount::PerFte {
            hundredths: units(above())
                .saturating_mul(10_000)
                .checked_div(fte_hundredths),
            n: units(above()),
        },
    }
}

fn sum<'a>(counted: impl Iterator<Item = &'a Counted>) -> i64 {
    counted.fold(0, |sum, one| sum.saturating_add(one.amount))
}

/// Distinct units.
pub(super) fn units<'a>(counted: impl Iterator<Item = &'a Counted>) -> i64 {
    let units: HashSet<&str> = counted.map(|one| &*one.unit).collect();
    i64::try_from(units.len()).unwrap_or(i64::MAX)
}

fn length<'a>(counted: impl Iterator<Item = &'a Counted>) -> i64 {
    i64::try_from(counted.count()).unwrap_or(i64::MAX)
}

fn by_unit<'a>(counted: impl Iterator<Item = &'a Counted>) -> BTreeMap<&'a str, i64> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for one in counted {
        let sum = sums.entry(&one.unit).or_default();
        *sum = sum.saturating_add(one.amount);
    }
    sums
}

fn days(mut days: Vec<i64>) -> Amount {
    days.sort_unstable();
    let n = days.len();
    let at = |index: usize| days.get(index).copied();
    let upper = at(n.checked_div(2).unwrap_or(0));
    let lower = n.checked_sub(1).and_then(|last| at(last.checked_div(2)?));
    let median = upper.zip(lower);
    let median = median.map(|(upper, lower)| upper.saturating_add(lower).saturating_mul(5));
    // Nearest rank: the ceiling of nine tenths of n.
    let rank = n.saturating_mul(9).div_ceil(10);
    Amount::Days {
        median_tenths: median,
        p90: rank.checked_sub(1).and_then(at),
        n: i64::try_from(n).unwrap_or(i64::MAX),
    }
}

/// What stands below a figure's line.
pub(super) const fn denominator(value: &Amount) -> Option<i64> {
    match value {
        Amount::Share { of, .. } | Amount::YenOf { of, .. } => Some(*of),
        Amount::Days { n, .. } | Amount::Mean { n, .. } | Amount::YenEach { n, .. } => Some(*n),
        Amount::Count { .. }
        | Amount::Yen { .. }
        | Amount::Change { .. }
        | Amount::PerFte { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_in_ten_are_told_of_ten_and_more() {
        for (cases, p90) in [
            (0, None),
            (1, None),
            (9, None),
            (10, Some(9)),
            (21, Some(19)),
        ] {
            let mut told = days((1..=cases).rev().collect());
            assert_eq!(told.p90(), p90, "{cases}");
            told.leave_longest_out();
            let Amount::Days { p90: left, n, .. } = told else {
                panic!("days are days");
            };
            assert_eq!((left, n), (p90, cases), "{cases}");
        }
    }
}
