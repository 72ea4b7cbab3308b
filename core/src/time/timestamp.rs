//! Moments in UTC with microseconds, and the clock that gives them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// Offset of Japan from UTC, in seconds; Japan has no summer time.
const JAPAN_OFFSET_SECONDS: i32 = 9 * 3_600;

/// A moment in UTC, in whole microseconds; written `2026-11-24T02:10:43.123456Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(DateTime<Utc>);

/// A text or number that is no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a moment in UTC such as 2026-11-24T02:10:43.123456Z")]
pub struct TimestampError;

crate::schema::text_schema!(Timestamp, {"format": "date-time"});

impl Timestamp {
    /// Reads a number of microseconds since 1970-01-01T00:00Z.
    ///
    /// # Errors
    /// [`TimestampError`] when the number is outside the calendar's range.
    pub fn from_micros(micros: i64) -> Result<Self, TimestampError> {
        DateTime::from_timestamp_micros(micros)
            .map(Self)
            .ok_or(TimestampError)
    }

    /// Takes a moment, cut to whole microseconds.
    #[must_use]
    pub fn from_utc(moment: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(moment.timestamp_micros()).unwrap_or(moment))
    }

    /// Microseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The moment for calendar arithmetic.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// The wall clock in Japan at this moment.
    #[must_use]
    pub fn in_japan(self) -> NaiveDateTime {
        let moved = FixedOffset::east_opt(JAPAN_OFFSET_SECONDS)
            .map(|offset| self.0.with_timezone(&offset).naive_local());
        moved.unwrap_or_else(|| self.0.naive_utc())
    }

    /// The date in Japan at this moment.
    #[must_use]
    pub fn day_in_japan(self) -> NaiveDate {
        self.in_japan().date()
    }

    /// The moment at which Japan's wall clock shows `local`.
    #[must_use]
    pub fn of_japan(local: NaiveDateTime) -> Self {
        let offset = chrono::TimeDelta::seconds(i64::from(JAPAN_OFFSET_SECONDS));
        Self(local.checked_sub_signed(offset).unwrap_or(local).and_utc())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| TimestampError)?;
        Ok(Self::from_utc(moment.with_timezone(&Utc)))
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(moment: Timestamp) -> Self {
        moment.to_string()
    }
}

/// Gives the present moment; tests give a fixed one.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Today's date in Japan.
    fn today(&self) -> NaiveDate {
        self.now().day_in_japan()
    }
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that the others stand for"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from_utc(Utc::now())
    }
}
