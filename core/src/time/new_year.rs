//! The break at New Year: days of any year on which offices are closed.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The days around New Year on which offices are closed, both ends included.
///
/// Stored as `{"from":"12-29","to":"01-03"}`, which is also the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewYearBreak {
    /// Its first day, in the old year.
    pub from: MonthDay,
    /// Its last day, in the new year.
    pub to: MonthDay,
}

impl Default for NewYearBreak {
    fn default() -> Self {
        Self {
            from: MonthDay { month: 12, day: 29 },
            to: MonthDay { month: 1, day: 3 },
        }
    }
}

impl NewYearBreak {
    /// Whether `day` lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        let day = MonthDay::of(day);
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            self.from <= day || day <= self.to
        }
    }
}

/// A day of any year, stored as `12-29`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// A text that is no day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the year such as 12-29")]
pub struct MonthDayError;

crate::schema::text_schema!(MonthDay, {"pattern": "^[0-9]{2}-[0-9]{2}$"});

impl MonthDay {
    /// The day of the year on which `day` lies.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self {
            month: day.month(),
            day: day.day(),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = MonthDayError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        // 2000 is a leap year, so that 02-29 is a day.
        NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d")
            .map(Self::of)
            .ok()
            .filter(|day| day.to_string() == text)
            .ok_or(MonthDayError)
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_break_at_new_year_spans_the_turn_of_the_year() {
        let new_year = NewYearBreak::default();

        assert!(!new_year.contains(day(2021, 12, 28)));
        assert!(new_year.contains(day(2021, 12, 29)));
        assert!(new_year.contains(day(2021, 12, 31)));
        assert!(new_year.contains(day(2022, 1, 3)));
        assert!(!new_year.contains(day(2022, 1, 4)));
        assert!(!new_year.contains(day(2022, 7, 1)));
    }

    #[test]
    fn the_break_at_new_year_is_stored_by_month_and_day() {
        let stored = json!({"from": "12-29", "to": "01-03"});

        assert_eq!(
            serde_json::to_value(NewYearBreak::default()).unwrap(),
            stored
        );
        let back: NewYearBreak = serde_json::from_value(stored).unwrap();
        assert_eq!(back, NewYearBreak::default());
        for from in ["12-32", "1-3", "2021-12-29", ""] {
            let stored = json!({"from": from, "to": "01-03"});
            assert!(
                serde_json::from_value::<NewYearBreak>(stored).is_err(),
                "{from}"
            );
        }
    }
}
