//! When something happened, as exactly as it is known.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Timestamp;

/// When something happened, as exactly as it is known; dates are Japan's.
///
/// Stored as `{"at":"2021-08-06T07:10Z","precision":"minute"}`, `"2021-08-06"` for a day,
/// `"2021-08"` for a month, and without `at` where it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub enum Occurred {
    /// Known to the minute.
    Minute(Timestamp),
    /// Known to the day.
    Day(NaiveDate),
    /// Known to the month; holds its first day.
    Month(NaiveDate),
    /// Not known.
    Unknown,
}

/// A stored or typed time of occurrence that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time of occurrence: expected 2021-08-06T07:10Z, 2021-08-06, 2021-08 or nothing")]
pub struct OccurredError;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Stored {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    precision: Precision,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Precision {
    Minute,
    Day,
    Month,
    Unknown,
}

crate::schema::stored_schema!(Occurred, Stored);

impl Occurred {
    /// A minute on Japan's wall clock; seconds are dropped.
    #[must_use]
    pub fn minute_in_japan(day: NaiveDate, time: NaiveTime) -> Self {
        let time = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time);
        Self::Minute(Timestamp::of_japan(day.and_time(time)))
    }

    /// The date in Japan; for a month its first day; none where unknown.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Minute(at) => Some(at.day_in_japan()),
            Self::Day(day) | Self::Month(day) => Some(day),
            Self::Unknown => None,
        }
    }

    /// The time on Japan's wall clock, where it is known to the minute.
    #[must_use]
    pub fn time_of_day(self) -> Option<NaiveTime> {
        match self {
            Self::Minute(at) => Some(at.in_japan().time()),
            Self::Day(_) | Self::Month(_) | Self::Unknown => None,
        }
    }

    /// `YYYY-MM` in Japan; none where unknown.
    #[must_use]
    pub fn month(self) -> Option<String> {
        self.day()
            .map(|day| format!("{:04}-{:02}", day.year(), day.month()))
    }

    /// Reads the text of `at` by its own shape; the empty text is unknown.
    ///
    /// # Errors
    /// [`OccurredError`] when it has none of the four shapes or the date does not exist.
    pub fn parse(text: &str) -> Result<Self, OccurredError> {
        match text.len() {
            0 => Ok(Self::Unknown),
            7 => parse_day(&format!("{text}-01")).map(Self::Month),
            10 => parse_day(text).map(Self::Day),
            _ => parse_minute(text).map(Self::Minute),
        }
    }
}

impl fmt::Display for Occurred {
    /// Writes the stored text of `at`; nothing where unknown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minute(at) => write!(f, "{}", at.utc().format("%Y-%m-%dT%H:%MZ")),
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(day) => write!(f, "{}", day.format("%Y-%m")),
            Self::Unknown => Ok(()),
        }
    }
}

fn parse_day(text: &str) -> Result<NaiveDate, OccurredError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| OccurredError)
}

fn parse_minute(text: &str) -> Result<Timestamp, OccurredError> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%MZ")
        .map(|moment| Timestamp::from_utc(moment.and_utc()))
        .map_err(|_| OccurredError)
}

impl TryFrom<Stored> for Occurred {
    type Error = OccurredError;
    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let at = Self::parse(stored.at.as_deref().unwrap_or(""))?;
        if Stored::from(at).precision == stored.precision {
            Ok(at)
        } else {
            Err(OccurredError)
        }
    }
}

impl From<Occurred> for Stored {
    fn from(occurred: Occurred) -> Self {
        let precision = match occurred {
            Occurred::Minute(_) => Precision::Minute,
            Occurred::Day(_) => Precision::Day,
            Occurred::Month(_) => Precision::Month,
            Occurred::Unknown => Precision::Unknown,
        };
        let text = occurred.to_string();
        Self {
            at: (!text.is_empty()).then_some(text),
            precision,
        }
    }
}
