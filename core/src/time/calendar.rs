//! The centre's calendar: opening hours, holidays, the break at New Year, and what lies outside them.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Holidays, NewYearBreak};
use crate::code::Term;

/// A day of the week, Monday first; stored as `mon` … `sun`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Weekday {
    /// 月曜日.
    Mon,
    /// 火曜日.
    Tue,
    /// 水曜日.
    Wed,
    /// 木曜日.
    Thu,
    /// 金曜日.
    Fri,
    /// 土曜日.
    Sat,
    /// 日曜日.
    Sun,
}

impl Weekday {
    /// Every code with its Japanese term, Monday first.
    pub const TERMS: &'static [Term] = &[
        ("mon", "月曜日"),
        ("tue", "火曜日"),
        ("wed", "水曜日"),
        ("thu", "木曜日"),
        ("fri", "金曜日"),
        ("sat", "土曜日"),
        ("sun", "日曜日"),
    ];

    /// The day of the week of `day`.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        match day.weekday() {
            chrono::Weekday::Mon => Self::Mon,
            chrono::Weekday::Tue => Self::Tue,
            chrono::Weekday::Wed => Self::Wed,
            chrono::Weekday::Thu => Self::Thu,
            chrono::Weekday::Fri => Self::Fri,
            chrono::Weekday::Sat => Self::Sat,
            chrono::Weekday::Sun => Self::Sun,
        }
    }
}

/// On which weekdays the centre is open, and from when to when, in whole minutes of Japan's clock.
///
/// Stored as `{"from":"08:30","to":"17:00","weekdays":["mon","tue"]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredHours", into = "StoredHours")]
pub struct OpeningHours {
    weekdays: BTreeSet<Weekday>,
    from: NaiveTime,
    to: NaiveTime,
}

/// Opening hours that no centre can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpeningHoursError {
    /// No weekday at all.
    #[error("opening hours need a weekday")]
    NoWeekday,
    /// The end is not after the beginning.
    #[error("opening hours must end after they begin, on the same day")]
    NotForwards,
    /// A time that is not `HH:MM`.
    #[error("opening hours are given in whole minutes, as 08:30")]
    NotMinutes,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct StoredHours {
    weekdays: BTreeSet<Weekday>,
    from: String,
    to: String,
}

crate::schema::stored_schema!(OpeningHours, StoredHours);

impl OpeningHours {
    /// Open from `from` until just before `to` on each of `weekdays`.
    ///
    /// # Errors
    /// [`OpeningHoursError`] without a weekday, with an end that is not after the beginning, or
    /// with seconds.
    pub fn new(
        weekdays: impl IntoIterator<Item = Weekday>,
        from: NaiveTime,
        to: NaiveTime,
    ) -> Result<Self, OpeningHoursError> {
        let weekdays: BTreeSet<_> = weekdays.into_iter().collect();
        if weekdays.is_empty() {
            return Err(OpeningHoursError::NoWeekday);
        }
        if [from, to]
            .iter()
            .any(|time| time.second() > 0 || time.nanosecond() > 0)
        {
            return Err(OpeningHoursError::NotMinutes);
        }
        if to <= from {
            return Err(OpeningHoursError::NotForwards);
        }
        Ok(Self { weekdays, from, to })
    }

    /// The weekdays on which the centre is open.
    #[must_use]
    pub const fn weekdays(&self) -> &BTreeSet<Weekday> {
        &self.weekdays
    }

    /// The first minute at which it is open.
    #[must_use]
    pub const fn from(&self) -> NaiveTime {
        self.from
    }

    /// The first minute at which it is closed again.
    #[must_use]
    pub const fn to(&self) -> NaiveTime {
        self.to
    }
}

impl TryFrom<StoredHours> for OpeningHours {
    type Error = OpeningHoursError;
    fn try_from(stored: StoredHours) -> Result<Self, Self::Error> {
        let minute = |text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .ok()
                .filter(|time| stored_minute(*time) == text)
                .ok_or(OpeningHoursError::NotMinutes)
        };
        let (from, to) = (minute(&stored.from)?, minute(&stored.to)?);
        Self::new(stored.weekdays, from, to)
    }
}

impl From<OpeningHours> for StoredHours {
    fn from(hours: OpeningHours) -> Self {
        Self {
            from: stored_minute(hours.from),
            to: stored_minute(hours.to),
            weekdays: hours.weekdays,
        }
    }
}

fn stored_minute(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// When the centre is open, as far as a rule can say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Calendar {
    /// Weekdays and hours.
    pub opening_hours: OpeningHours,
    /// National holidays and their substitutes.
    pub holidays: Holidays,
    /// The days around New Year on which offices are closed.
    pub new_year_break: NewYearBreak,
}

impl Calendar {
    /// Whether the centre is open at all on `day`.
    #[must_use]
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        self.opening_hours.weekdays.contains(&Weekday::of(day))
            && !self.holidays.contains(day)
            && !self.new_year_break.contains(day)
    }

    /// Whether something happened outside the opening hours; without a time, `day` alone decides.
    #[must_use]
    pub fn outside_hours(&self, day: NaiveDate, time: Option<NaiveTime>) -> bool {
        let hours = &self.opening_hours;
        !self.is_business_day(day) || time.is_some_and(|time| time < hours.from || time >= hours.to)
    }

    /// Business days after `from` up to and including `to`; 0 when `to` is not later.
    ///
    /// From a Friday to the next Monday it is 1. Takes time in proportion to the days between.
    #[must_use]
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days()
            .skip(1)
            .take_while(|day| *day <= to)
            .filter(|day| self.is_business_day(*day))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::parse_holidays;
    use super::*;

    const WORKING_WEEK: [Weekday; 5] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, month, day).unwrap()
    }

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn calendar() -> Calendar {
        let holidays = "date,name\n2021-07-22,海の日\n2021-07-23,スポーツの日\n\
                        2021-08-08,山の日\n2021-08-09,山の日 振替休日\n";
        Calendar {
            opening_hours: OpeningHours::new(WORKING_WEEK, at(8, 30), at(17, 0)).unwrap(),
            holidays: parse_holidays(holidays).unwrap(),
            new_year_break: NewYearBreak::default(),
        }
    }

    #[test]
    fn opening_time_is_inside_and_closing_time_outside() {
        let friday = day(8, 6);

        assert!(calendar().outside_hours(friday, Some(at(8, 29))));
        assert!(!calendar().outside_hours(friday, Some(at(8, 30))));
        assert!(!calendar().outside_hours(friday, Some(at(16, 59))));
        assert!(calendar().outside_hours(friday, Some(at(17, 0))));
        assert!(!calendar().outside_hours(friday, None));
    }

    #[test]
    fn weekends_and_holidays_are_outside_at_any_time() {
        for closed in [
            day(8, 7),
            day(8, 8),
            day(8, 9),
            day(7, 22),
            day(7, 23),
            day(12, 29),
            day(12, 31),
            day(1, 1),
        ] {
            assert!(calendar().outside_hours(closed, None), "{closed}");
            assert!(
                calendar().outside_hours(closed, Some(at(10, 0))),
                "{closed}"
            );
        }
    }

    #[test]
    fn the_break_at_new_year_ends_after_the_third_of_january() {
        let january = |day| NaiveDate::from_ymd_opt(2022, 1, day).unwrap();

        assert!(!calendar().outside_hours(day(12, 28), None));
        assert!(calendar().outside_hours(january(3), None));
        assert!(!calendar().outside_hours(january(4), None));
    }

    #[test]
    fn business_days_leave_out_weekends_and_holidays() {
        let between = |from, to| calendar().business_days_between(from, to);

        assert_eq!(between(day(8, 6), day(8, 6)), 0);
        assert_eq!(between(day(8, 6), day(8, 9)), 0);
        assert_eq!(between(day(8, 6), day(8, 10)), 1);
        assert_eq!(between(day(7, 30), day(8, 2)), 1);
        assert_eq!(between(day(7, 19), day(7, 26)), 3);
        assert_eq!(between(day(8, 10), day(8, 6)), 0);
    }

    #[test]
    fn opening_hours_are_stored_in_kebab_case_with_minutes() {
        let hours = calendar().opening_hours;
        let stored = json!({"from": "08:30", "to": "17:00", "weekdays": ["mon", "tue", "wed", "thu", "fri"]});

        assert_eq!(serde_json::to_value(&hours).unwrap(), stored);
        assert_eq!(
            serde_json::from_value::<OpeningHours>(stored).unwrap(),
            hours
        );
    }

    #[test]
    fn a_calendar_reads_back_as_it_was_stored() {
        let stored = serde_json::to_value(calendar()).unwrap();

        let back: Calendar = serde_json::from_value(stored.clone()).unwrap();

        assert_eq!(back, calendar());
        assert_eq!(
            stored["new-year-break"],
            json!({"from": "12-29", "to": "01-03"})
        );
    }

    #[test]
    fn opening_hours_that_cannot_be_kept_are_refused() {
        let refused = |weekdays: &[&str], from: &str, to: &str| {
            let stored = json!({"weekdays": weekdays, "from": from, "to": to});
            serde_json::from_value::<OpeningHours>(stored)
                .unwrap_err()
                .to_string()
        };

        assert_eq!(
            refused(&[], "08:30", "17:00"),
            OpeningHoursError::NoWeekday.to_string()
        );
        for (from, to) in [("17:00", "08:30"), ("08:30", "08:30")] {
            assert_eq!(
                refused(&["mon"], from, to),
                OpeningHoursError::NotForwards.to_string()
            );
        }
        for from in ["8:30", "08:30:15", "24:00", ""] {
            assert_eq!(
                refused(&["mon"], from, "17:00"),
                OpeningHoursError::NotMinutes.to_string()
            );
        }
    }
}
