//! The subsidy's arithmetic: what a menu pays at its rate, up to its cap.
//!
//! The paper: for the first three years of operation each menu is paid 10/10 of its cost up to
//! 10,000 thousand yen, afterwards 1/2. It names no other cap for the years after, so that the cap
//! stays until the ward sets another one.

use ledger_core::event::SubsidyMenuSet;
use ledger_core::time::FiscalYear;

use crate::state::{SubsidyStep, YearBooks};

/// Fiscal years of operation in which a menu is paid in full.
pub const FULL_RATE_YEARS: i32 = 3;
/// The rate of those years, in percent (10/10).
pub const FULL_RATE_PERCENT: u32 = 100;
/// The rate afterwards, in percent (1/2).
pub const LATER_RATE_PERCENT: u32 = 50;
/// The cap of one menu in one fiscal year.
pub const CAP_YEN: i64 = 10_000_000;

/// The rate in a fiscal year, in percent, by the first fiscal year of operation.
#[must_use]
pub fn rate_percent(first: FiscalYear, year: FiscalYear) -> u32 {
    if year.year().saturating_sub(first.year()) < FULL_RATE_YEARS {
        FULL_RATE_PERCENT
    } else {
        LATER_RATE_PERCENT
    }
}

/// What a menu pays of its eligible cost: the rate of it, whole yen, at most the cap.
#[must_use]
pub fn payable_yen(eligible_yen: i64, rate_percent: u32, cap_yen: i64) -> i64 {
    let share = eligible_yen.saturating_mul(i64::from(rate_percent));
    share.checked_div(100).unwrap_or(0).min(cap_yen)
}

/// The most that can be claimed of a menu, or of all where none is named: when applying, by the
/// budget of its lines; when settling, by what was spent on them.
#[must_use]
pub fn ceiling_yen(books: &YearBooks, step: SubsidyStep, menu: Option<&str>) -> i64 {
    let menus = books.menus.values();
    let menus = menus.filter(|set| menu.is_none_or(|menu| set.menu == menu));
    let payable = menus.map(|set| {
        let eligible = eligible_yen(books, step, set);
        payable_yen(eligible, set.rate_percent, set.cap_yen)
    });
    payable.fold(0, i64::saturating_add)
}

/// The part of a fiscal year's spending that the ward pays itself.
#[must_use]
pub const fn ward_net_yen(spending_yen: i64, subsidy_yen: i64) -> i64 {
    spending_yen.saturating_sub(subsidy_yen)
}

fn eligible_yen(books: &YearBooks, step: SubsidyStep, set: &SubsidyMenuSet) -> i64 {
    let lines = set.lines.iter().map(|line| match step {
        SubsidyStep::Planned | SubsidyStep::Applied => books.budgeted_yen(line),
        SubsidyStep::Decided | SubsidyStep::Received | SubsidyStep::Settled => {
            books.spent_yen(line)
        },
    });
    lines.fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_is_paid_in_full_for_three_years_of_operation_and_by_half_afterwards() {
        let first = FiscalYear::new(2021);
        let rates = [2020, 2021, 2022, 2023, 2024, 2030];
        let rates = rates.map(|year| rate_percent(first, FiscalYear::new(year)));

        assert_eq!(rates, [100, 100, 100, 100, 50, 50]);
    }

    #[test]
    fn a_menu_never_pays_more_than_its_rate_of_the_cost_or_its_cap() {
        assert_eq!(payable_yen(12_600_000, 100, CAP_YEN), CAP_YEN);
        assert_eq!(payable_yen(9_999_999, 100, CAP_YEN), 9_999_999);
        assert_eq!(payable_yen(9_999_999, 50, CAP_YEN), 4_999_999);
        assert_eq!(payable_yen(i64::MAX, 50, CAP_YEN), CAP_YEN);
        assert_eq!(payable_yen(0, 100, CAP_YEN), 0);
    }

    /// Golden check 2 of the paper: what remains for the ward in the first year.
    #[test]
    fn the_ward_pays_what_the_subsidy_does_not() {
        assert_eq!(ward_net_yen(15_680_000, 12_600_000), 3_080_000);
        assert_eq!(ward_net_yen(15_680_000, 11_300_000), 4_380_000);
    }
}
