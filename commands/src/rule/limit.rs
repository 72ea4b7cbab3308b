//! Ranges of numbers that people type.

use std::ops::RangeInclusive;

use crate::rejection::{Reason, Rejection};

/// The longest consultation, visit or session, in minutes: a day.
pub(crate) const DURATION_MINUTES_MAX: u32 = 1_440;

/// A consultation, visit or session took some minutes, and no more than a day, whoever writes it.
pub(crate) fn duration(minutes: Option<u32>) -> Result<(), Rejection> {
    let all = 1..=DURATION_MINUTES_MAX;
    if minutes.is_none_or(|minutes| all.contains(&minutes)) {
        return Ok(());
    }
    Err(Reason::NotANumber.on("duration_minutes"))
}

/// The longest that a device is said to run without mains, in minutes: a month.
pub(crate) const BATTERY_MINUTES_MAX: u32 = 44_640;

/// The longest for which water and nutrition are said to be kept, in days: a year.
pub(crate) const WATER_DAYS_MAX: u32 = 366;
/// Visits to one facility in a fiscal year that the plan counts (10か所×4回).
pub(crate) const VISITS_A_YEAR: u32 = 4;

/// Levels of a competency.
pub(crate) const LEVEL_MAX: u32 = 4;

/// What a survey's answer can be.
pub(crate) const ANSWERS: RangeInclusive<u32> = 1..=5;

/// What a post can be of a full-time one, in hundredths.
pub(crate) const FTE_HUNDREDTHS: RangeInclusive<u32> = 1..=200;

/// The most nurses of a facility, in hundredths of a full-time post.
pub(crate) const NURSES_HUNDREDTHS_MAX: u32 = 10_000;

/// The longest term, in days: ten years.
pub(crate) const TERM_DAYS: RangeInclusive<u32> = 1..=3_650;

/// The largest number of persons in an area.
pub(crate) const PERSONS_MAX: u32 = 1_000_000;

/// The largest amount, in yen: far above any budget, far below what sums can hold.
pub(crate) const YEN_MAX: i64 = 1_000_000_000_000;

/// Fiscal years that books can be kept of.
pub(crate) const FISCAL_YEARS: RangeInclusive<i32> = 2000..=2099;

/// Birth weights that are taken, in grams.
pub(crate) const WEIGHT_GRAMS: RangeInclusive<u32> = 200..=6_000;

/// Weeks of pregnancy that a live birth can have.
pub(crate) const GESTATION_WEEKS: RangeInclusive<u32> = 20..=45;

/// The oldest age that an office may name, in years.
pub(crate) const AGE_YEARS_MAX: u32 = 120;

/// Completed years from which on a person is an adult.
pub(crate) const ADULT_YEARS: u32 = 18;

/// Sums of points that the medical-care score can have.
pub(crate) const CARE_SCORE: RangeInclusive<u32> = 0..=200;

/// Answers that a family gives on how they are.
pub(crate) const RATING: RangeInclusive<u32> = 1..=5;

/// The shortest reason of an access in an emergency, in characters without spaces: enough to say who called for what.
pub(crate) const EMERGENCY_REASON_CHARS_MIN: usize = 8;

/// The longest access that is taken in an emergency, in minutes.
pub(crate) const EMERGENCY_ACCESS_MINUTES_MAX: u32 = 180;
