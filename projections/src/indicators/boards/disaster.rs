//! The disaster board: how current the plans of those are who need one, by area and by who supports them,
//! and for how long their devices would run without power.

use ledger_core::code::Area;

use crate::facts::Kind;
use crate::indicators::d_disaster::{clock, not_wanted, split};
use crate::indicators::fact_set::last;
use crate::indicators::given::{Given, code};
use crate::indicators::scope::days_between;
use crate::small_cells::Table;
use crate::yearly_clock::YearlyClock;

/// How current a plan is, from good to bad; each person who needs one stands under one of them.
pub const PLAN_STATES: [&str; 5] = ["current", "due-soon", "overdue", "long-overdue", "no-plan"];

/// For how long devices run without power, from short to long, and what is not written down.
pub const POWER_BANDS: [&str; 5] = ["under-4h", "4h-8h", "8h-24h", "24h-and-more", "not-written"];

/// Who needs a plan, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisasterBoard {
    /// States of plans by the area in which the person lives.
    pub by_area: Table,
    /// States of plans by who supports them: `ventilator` (the district centre), `other` (the centre).
    pub by_support: Table,
    /// Persons with devices that need power, by who supports them and how long those run.
    pub power: Table,
}

/// The board at the end of the period: open cases, without those who want no plan.
#[must_use]
pub fn disaster_board(given: &Given<'_, '_>) -> DisasterBoard {
    let terms = YearlyClock::of(given.settings);
    let mut board = DisasterBoard::default();
    for person in given.people().values() {
        if person.closed.is_some() || not_wanted(given, person.id).is_some() {
            continue;
        }
        let clock = clock(given, person.id, given.end());
        let age = clock.map(|clock| days_between(clock.day, given.end()));
        let state = state(age, &terms);
        let area = person.area.map_or_else(|| code(None), Area::code);
        board.by_area.add(area, state, 1);
        board.by_support.add(split(person), state, 1);
        if person.electric() {
            let minutes = minutes_of_power(given, person.id);
            board.power.add(split(person), band(minutes), 1);
        }
    }
    board
}

fn state(age: Option<i64>, terms: &YearlyClock) -> &'static str {
    let [current, soon, overdue, long, none] = PLAN_STATES;
    let is_soon = |age: i64| age > terms.due.saturating_sub(terms.soon);
    match age {
        None => none,
        Some(age) if age > terms.long => long,
        Some(age) if age > terms.due => overdue,
        Some(age) if is_soon(age) => soon,
        Some(_) => current,
    }
}

/// How many minutes of power the person's newest plan names.
fn minutes_of_power(given: &Given<'_, '_>, person: &str) -> Option<i64> {
    let sections = given.facts.person_facts(Kind::DisasterPlanSections, person);
    last(sections.iter().copied(), given.end())?.value
}

fn band(minutes: Option<i64>) -> &'static str {
    const HOUR: i64 = 60;
    let [under_4, to_8, to_24, more, not_written] = POWER_BANDS;
    match minutes.and_then(|minutes| minutes.checked_div(HOUR)) {
        None => not_written,
        Some(..4) => under_4,
        Some(4..8) => to_8,
        Some(8..24) => to_24,
        Some(24..) => more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_grows_old_and_one_that_is_missing_is_no_old_one() {
        let terms = YearlyClock::PROPOSED;
        for (age, word) in [
            (Some(0), "current"),
            (Some(305), "current"),
            (Some(306), "due-soon"),
            (Some(365), "due-soon"),
            (Some(366), "overdue"),
            (Some(548), "overdue"),
            (Some(549), "long-overdue"),
            (None, "no-plan"),
        ] {
            assert_eq!(state(age, &terms), word, "{age:?}");
        }
    }

    #[test]
    fn power_is_told_in_bands_and_what_is_not_written_is_no_short_one() {
        for (minutes, word) in [
            (Some(0), "under-4h"),
            (Some(239), "under-4h"),
            (Some(240), "4h-8h"),
            (Some(1_439), "8h-24h"),
            (Some(1_440), "24h-and-more"),
            (None, "not-written"),
        ] {
            assert_eq!(band(minutes), word, "{minutes:?}");
        }
    }
}
