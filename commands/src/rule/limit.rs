//! Ranges of numbers that people type.

use std::ops::RangeInclusive;

/// The longest consultation, visit or session, in minutes: a day.
pub(crate) const DURATION_MINUTES_MAX: u32 = 1_440;

/// The longest that a device is said to run without mains, in minutes: a month.
pub(crate) const BATTERY_MINUTES_MAX: u32 = 44_640;

/// The longest for which water and nutrition are said to be kept, in days: a year.
pub(crate) const WATER_DAYS_MAX: u32 = 366;

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

/// The longest access that is taken in an emergency, in minutes.
pub(crate) const EMERGENCY_ACCESS_MINUTES_MAX: u32 = 180;
