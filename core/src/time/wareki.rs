//! Japanese eras: which one a day lies in, and days and fiscal years written in them.

use chrono::{Datelike as _, NaiveDate};

use super::FiscalYear;

/// An era since Japan took the present calendar on 1873-01-01 (明治6年).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, until 1912-07-30.
    Meiji,
    /// 大正, from 1912-07-30 until 1926-12-25.
    Taisho,
    /// 昭和, from 1926-12-25 until 1989-01-07.
    Showa,
    /// 平成, from 1989-01-08 until 2019-04-30.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

impl Era {
    /// Every era, the newest first.
    pub const ALL: [Self; 5] = [
        Self::Reiwa,
        Self::Heisei,
        Self::Showa,
        Self::Taisho,
        Self::Meiji,
    ];

    /// The era that `day` is written in; none before 1873, when another calendar was in use.
    ///
    /// The days on which 大正 and 昭和 began belong to the new era here, though their earlier
    /// hours were in the old one.
    #[must_use]
    pub fn of(day: NaiveDate) -> Option<Self> {
        Self::ALL.into_iter().find(|era| era.first_day() <= day)
    }

    /// Its name, such as 令和.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// Its first letter in the Latin alphabet, such as R.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The first day written in it; for 明治 the first day of the present calendar.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let (year, month, day) = match self {
            Self::Meiji => (1873, 1, 1),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        };
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
    }

    /// The last day that may be written in it; none while it lasts.
    ///
    /// 1912-07-30 is both 明治45年7月30日 and 大正元年7月30日, 1926-12-25 both 大正15年12月25日
    /// and 昭和元年12月25日; later eras begin on the day after.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Meiji => Some(Self::Taisho.first_day()),
            Self::Taisho => Some(Self::Showa.first_day()),
            Self::Showa => Self::Heisei.first_day().pred_opt(),
            Self::Heisei => Self::Reiwa.first_day().pred_opt(),
            Self::Reiwa => None,
        }
    }

    /// Whether `day` may be written in it.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first_day() <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// The western year before its first year (元年): 2018 for 令和.
    #[must_use]
    pub const fn year_zero(self) -> i32 {
        match self {
            Self::Meiji => 1867,
            Self::Taisho => 1911,
            Self::Showa => 1925,
            Self::Heisei => 1988,
            Self::Reiwa => 2018,
        }
    }

    /// Writes a western year in it, such as 令和元年 without the 年.
    fn year(self, western: i32) -> String {
        match western.saturating_sub(self.year_zero()) {
            1 => format!("{}元", self.name()),
            year => format!("{}{year}", self.name()),
        }
    }
}

/// A day as the ward writes it: `令和3年8月1日`, `令和元年5月1日`; a day before 1873 in the western year.
#[must_use]
pub fn wareki(day: NaiveDate) -> String {
    let year = year_in_words(Era::of(day), day.year());
    format!("{year}年{}月{}日", day.month(), day.day())
}

/// A day in both calendars: `令和3年8月1日（2021-08-01）`.
#[must_use]
pub fn wareki_and_western(day: NaiveDate) -> String {
    format!("{}（{day}）", wareki(day))
}

/// A day as registers shorten it: `R3.8.1`, the first year being 1; a day before 1873 as `1872.12.31`.
#[must_use]
pub fn wareki_short(day: NaiveDate) -> String {
    let year = Era::of(day).map_or_else(
        || day.year().to_string(),
        |era| {
            let year = day.year().saturating_sub(era.year_zero());
            format!("{}{year}", era.letter())
        },
    );
    format!("{year}.{}.{}", day.month(), day.day())
}

/// A fiscal year as the ward writes it afterwards: `令和3年度`.
///
/// Where the era changes within the calendar year, the new era names the whole fiscal year:
/// 2019 is 令和元年度. See [`wareki_fiscal_year_as_begun`] for its other name.
#[must_use]
pub fn wareki_fiscal_year(fiscal_year: FiscalYear) -> String {
    let era = NaiveDate::from_ymd_opt(fiscal_year.year(), 12, 31).and_then(Era::of);
    format!("{}年度", year_in_words(era, fiscal_year.year()))
}

/// A fiscal year as it was called on its 1 April: 2019 is 平成31年度, others are as in [`wareki_fiscal_year`].
#[must_use]
pub fn wareki_fiscal_year_as_begun(fiscal_year: FiscalYear) -> String {
    let era = Era::of(fiscal_year.first_day());
    format!("{}年度", year_in_words(era, fiscal_year.year()))
}

fn year_in_words(era: Option<Era>, western: i32) -> String {
    era.map_or_else(|| western.to_string(), |era| era.year(western))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days_are_written_in_their_era() {
        let cases = [
            (day(2021, 8, 1), "令和3年8月1日", "R3.8.1"),
            (day(2019, 5, 1), "令和元年5月1日", "R1.5.1"),
            (day(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
            (day(1989, 1, 8), "平成元年1月8日", "H1.1.8"),
            (day(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
            (day(1926, 12, 25), "昭和元年12月25日", "S1.12.25"),
            (day(1926, 12, 24), "大正15年12月24日", "T15.12.24"),
            (day(1912, 7, 30), "大正元年7月30日", "T1.7.30"),
            (day(1912, 7, 29), "明治45年7月29日", "M45.7.29"),
            (day(1873, 1, 1), "明治6年1月1日", "M6.1.1"),
            (day(1872, 12, 31), "1872年12月31日", "1872.12.31"),
        ];

        for (day, long, short) in cases {
            assert_eq!(wareki(day), long);
            assert_eq!(wareki_short(day), short);
        }
    }

    #[test]
    fn a_day_is_written_in_both_calendars() {
        assert_eq!(
            wareki_and_western(day(2021, 8, 1)),
            "令和3年8月1日（2021-08-01）"
        );
    }

    #[test]
    fn fiscal_years_take_the_era_that_begins_within_their_calendar_year() {
        let cases = [
            (2024, "令和6年度", "令和6年度"),
            (2021, "令和3年度", "令和3年度"),
            (2019, "令和元年度", "平成31年度"),
            (2018, "平成30年度", "平成30年度"),
            (1989, "平成元年度", "平成元年度"),
            (1988, "昭和63年度", "昭和63年度"),
            (1926, "昭和元年度", "大正15年度"),
        ];

        for (year, afterwards, as_begun) in cases {
            assert_eq!(wareki_fiscal_year(FiscalYear::new(year)), afterwards);
            assert_eq!(wareki_fiscal_year_as_begun(FiscalYear::new(year)), as_begun);
        }
    }

    #[test]
    fn the_turn_of_march_is_the_turn_of_the_fiscal_year() {
        let label = |day| wareki_fiscal_year(FiscalYear::of(day));

        assert_eq!(label(day(2021, 3, 31)), "令和2年度");
        assert_eq!(label(day(2021, 4, 1)), "令和3年度");
    }

    #[test]
    fn every_day_lies_in_an_era_that_holds_it() {
        for day in day(1873, 1, 1).iter_days().take_while(|d| d.year() < 2040) {
            assert!(Era::of(day).is_some_and(|era| era.holds(day)), "{day}");
        }
    }
}
