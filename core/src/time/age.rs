//! Ages in whole years and months, and the bands in which figures show them.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// An age in completed years and the completed months beyond them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age {
    /// Completed years.
    pub years: u32,
    /// Completed months beyond the years, 0 to 11.
    pub months: u32,
}

/// The age on `day` of a person born on `birth`; none before the birth.
///
/// A year or month is complete on the same date of a later month, and where that month has no such
/// date, on the first day after it: who was born on 29 February is a year older on 1 March.
#[must_use]
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> Option<Age> {
    let months = months_since_year_zero(day)
        .saturating_sub(months_since_year_zero(birth))
        .saturating_sub(i32::from(day.day() < birth.day()));
    let months = u32::try_from(months).ok()?;
    Some(Age {
        years: months.checked_div(12)?,
        months: months.checked_rem(12)?,
    })
}

fn months_since_year_zero(day: NaiveDate) -> i32 {
    let month = i32::try_from(day.month0()).unwrap_or(0);
    day.year().saturating_mul(12).saturating_add(month)
}

/// Age bands of the committee's figures, in years; 3 to 5 is before school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgeBand {
    /// Before the first birthday.
    #[serde(rename = "0")]
    Under1,
    /// 1 and 2 years.
    #[serde(rename = "1-2")]
    From1To2,
    /// 3 to 5 years (未就学).
    #[serde(rename = "3-5")]
    From3To5,
    /// 6 to 11 years.
    #[serde(rename = "6-11")]
    From6To11,
    /// 12 to 14 years.
    #[serde(rename = "12-14")]
    From12To14,
    /// 15 to 17 years.
    #[serde(rename = "15-17")]
    From15To17,
    /// 18 years and more.
    #[serde(rename = "18+")]
    From18,
}

impl AgeBand {
    /// Every band, the youngest first.
    pub const ALL: [Self; 7] = [
        Self::Under1,
        Self::From1To2,
        Self::From3To5,
        Self::From6To11,
        Self::From12To14,
        Self::From15To17,
        Self::From18,
    ];

    /// The band of an age in completed years.
    #[must_use]
    pub const fn of_years(years: u32) -> Self {
        match years {
            0 => Self::Under1,
            1..=2 => Self::From1To2,
            3..=5 => Self::From3To5,
            6..=11 => Self::From6To11,
            12..=14 => Self::From12To14,
            15..=17 => Self::From15To17,
            _ => Self::From18,
        }
    }

    /// The band on `day` of a person born on `birth`; none before the birth.
    ///
    /// Where only the month of birth is in the clear, its first day stands for it.
    #[must_use]
    pub fn on(birth: NaiveDate, day: NaiveDate) -> Option<Self> {
        age_on(birth, day).map(|age| Self::of_years(age.years))
    }

    /// How it is written in figures: `0`, `1-2` … `18+`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Under1 => "0",
            Self::From1To2 => "1-2",
            Self::From3To5 => "3-5",
            Self::From6To11 => "6-11",
            Self::From12To14 => "12-14",
            Self::From15To17 => "15-17",
            Self::From18 => "18+",
        }
    }
}

impl fmt::Display for AgeBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn age(birth: NaiveDate, on: NaiveDate) -> Option<(u32, u32)> {
        age_on(birth, on).map(|age| (age.years, age.months))
    }

    #[test]
    fn an_age_counts_completed_years_and_months() {
        let birth = day(2019, 10, 15);

        assert_eq!(age(birth, day(2019, 10, 14)), None);
        assert_eq!(age(birth, day(2019, 9, 30)), None);
        assert_eq!(age(birth, birth), Some((0, 0)));
        assert_eq!(age(birth, day(2019, 11, 14)), Some((0, 0)));
        assert_eq!(age(birth, day(2019, 11, 15)), Some((0, 1)));
        assert_eq!(age(birth, day(2020, 10, 14)), Some((0, 11)));
        assert_eq!(age(birth, day(2020, 10, 15)), Some((1, 0)));
        assert_eq!(age(birth, day(2021, 8, 1)), Some((1, 9)));
    }

    #[test]
    fn who_was_born_on_a_leap_day_is_older_on_the_first_of_march() {
        let birth = day(2020, 2, 29);

        assert_eq!(age(birth, day(2021, 2, 28)), Some((0, 11)));
        assert_eq!(age(birth, day(2021, 3, 1)), Some((1, 0)));
        assert_eq!(age(birth, day(2024, 2, 28)), Some((3, 11)));
        assert_eq!(age(birth, day(2024, 2, 29)), Some((4, 0)));
    }

    #[test]
    fn a_band_changes_on_the_birthday() {
        let birth = day(2003, 8, 6);
        let turns = [0, 1, 3, 6, 12, 15, 18];

        for (index, years) in turns.into_iter().enumerate() {
            let birthday = day(2003 + years, 8, 6);
            assert_eq!(AgeBand::on(birth, birthday), Some(AgeBand::ALL[index]));
            let eve = AgeBand::on(birth, birthday.pred_opt().unwrap());
            assert_eq!(eve, index.checked_sub(1).map(|before| AgeBand::ALL[before]));
        }
    }

    #[test]
    fn a_band_is_stored_as_it_is_written() {
        for band in AgeBand::ALL {
            let json = serde_json::to_value(band).unwrap();
            assert_eq!(json, band.code());
            assert_eq!(serde_json::from_value::<AgeBand>(json).unwrap(), band);
        }
    }
}
