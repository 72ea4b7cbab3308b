//! What holds of a subsidy's amounts, and what a menu pays: one arithmetic for figures and cards.

use std::collections::BTreeMap;

/// What a menu pays of its eligible cost: the rate of it, whole yen, at most the cap.
pub(crate) fn payable_yen(eligible_yen: i64, rate_percent: i64, cap_yen: i64) -> i64 {
    let share = eligible_yen.saturating_mul(rate_percent);
    share.checked_div(100).unwrap_or(0).min(cap_yen)
}

/// What holds of what was said of one step, in the order in which it was said; `menu` is none for the sum
/// of all menus. An amount said again takes the place of the earlier one of its menu, and the sum of all
/// menus and single menus are never added: what was said last tells which of both holds. Only what was
/// received comes in parts, which add up.
pub(crate) fn in_force<T>(
    said: Vec<T>,
    adds_up: bool,
    menu: impl Fn(&T) -> Option<String>,
) -> Vec<T> {
    if adds_up {
        return said;
    }
    let last_is_sum = said.last().is_some_and(|one| menu(one).is_none());
    let mut newest = BTreeMap::new();
    for one in said {
        let of = menu(&one);
        if of.is_none() == last_is_sum {
            newest.insert(of, one);
        }
    }
    newest.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<&'static str>, i64);

    fn holds(said: &[Said], adds_up: bool) -> Vec<i64> {
        let menu = |one: &Said| one.0.map(str::to_owned);
        let held = in_force(said.to_vec(), adds_up, menu);
        held.into_iter().map(|(_, amount)| amount).collect()
    }

    #[test]
    fn an_amount_said_again_replaces_the_earlier_one_and_sums_and_menus_are_never_added() {
        let menus = [(Some("a"), 1), (Some("b"), 2), (Some("a"), 3)];
        assert_eq!(holds(&menus, false), [3, 2]);
        assert_eq!(holds(&[(Some("a"), 1), (None, 9)], false), [9]);
        assert_eq!(holds(&[(None, 9), (Some("a"), 1)], false), [1]);
        assert_eq!(holds(&[(None, 9), (Some("a"), 1)], true), [9, 1]);
    }

    #[test]
    fn a_menu_pays_its_rate_up_to_its_cap() {
        assert_eq!(payable_yen(12_600_000, 100, 10_000_000), 10_000_000);
        assert_eq!(payable_yen(9_999_999, 50, 10_000_000), 4_999_999);
        assert_eq!(payable_yen(i64::MAX, 50, 10_000_000), 10_000_000);
    }
}
