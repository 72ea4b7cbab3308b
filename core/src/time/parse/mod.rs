//! Reads days and times in the notations that registers hold, full-width or not.

use chrono::{NaiveDate, NaiveTime};

use super::Era;
use crate::text::normal;

/// A day read from a register, and whether it was written in an era that does not hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedDay {
    /// The day that is meant.
    pub day: NaiveDate,
    /// Written in an era that had ended or not yet begun, such as 平成31年5月1日: worth a warning.
    pub moved_era: bool,
}

/// A text that names no day; it does not repeat the text, which may be a birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// None of the notations.
    #[error("not a date such as R3.8.1, 令和3年8月1日, 2021/8/1, 2021-08-01 or 20210801")]
    Unreadable,
    /// A date in shape, but the calendar has no such day.
    #[error("there is no such day")]
    NoSuchDay,
    /// Before 1873-01-01, when another calendar was in use.
    #[error("a day before 1873 (明治6年)")]
    BeforeCalendar,
}

/// A text that names no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// None of the notations.
    #[error("not a time such as 9:05, 9:05:00, 9時5分 or 9時")]
    Unreadable,
    /// A time in shape, but the clock never shows it; 24:00 is one of these.
    #[error("there is no such time of day")]
    NoSuchTime,
}

/// Reads a day: `R3.8.1`, `令和３年８月１日`, `令和元年5月1日`, `H30.4.1`, `2021/8/1`, `2021-08-01`,
/// `2021年8月1日`, `20210801`, with blanks around the parts.
///
/// Eras are read by letter, name or the first character of the name, and also for days that they
/// do not hold (see [`ParsedDay::moved_era`]). A time after the date is read over when it is
/// midnight, as spreadsheets write it: `2021/8/1 0:00`. Years of two digits without an era are
/// refused.
///
/// # Errors
/// [`DateError::NoSuchDay`] for a date that does not exist, [`DateError::BeforeCalendar`] before
/// 1873, [`DateError::Unreadable`] for everything else.
pub fn parse_day(text: &str) -> Result<ParsedDay, DateError> {
    let text = normal(text).replace(DASHES, "-");
    let mut rest = Cursor(&text);
    let era = rest.era();
    let written = match era {
        Some(_) => rest.year_of_era().and_then(|year| rest.month_day(year)),
        None => rest.western(),
    };
    let (year, month, day) = written.ok_or(DateError::Unreadable)?;
    if !rest.is_midnight_or_end() {
        return Err(DateError::Unreadable);
    }
    let year = era
        .map_or(Some(0), |era| (year > 0).then_some(era.year_zero()))
        .map(|zero| zero.saturating_add(year))
        .ok_or(DateError::NoSuchDay)?;
    if year < FIRST_YEAR {
        return Err(DateError::BeforeCalendar);
    }
    let day = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)?;
    let moved_era = era.is_some_and(|era| !era.holds(day));
    Ok(ParsedDay { day, moved_era })
}

/// Reads a time of day: `9:05`, `9:05:30`, `9時5分`, `9時`.
///
/// # Errors
/// [`TimeError::NoSuchTime`] for a time that the clock never shows, also 24:00;
/// [`TimeError::Unreadable`] for everything else.
pub fn parse_time(text: &str) -> Result<NaiveTime, TimeError> {
    let text = normal(text);
    let mut rest = Cursor(&text);
    let (hour, minute, second) = rest
        .time()
        .filter(|_| rest.is_end())
        .ok_or(TimeError::Unreadable)?;
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(TimeError::NoSuchTime)
}

/// Dashes that keyboards and typesetting leave in place of the hyphen, beyond what NFKC unites.
const DASHES: [char; 3] = ['\u{2010}', '\u{2013}', '\u{2212}'];

/// First year of the present calendar in Japan.
const FIRST_YEAR: i32 = 1873;

/// What is still to be read; a failed step may have moved it, so nothing is tried twice.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    /// An era by name, by the name's first character or by letter.
    fn era(&mut self) -> Option<Era> {
        Era::ALL.into_iter().find(|era| {
            let letter = era.letter();
            self.take(era.name())
                || era.name().chars().next().is_some_and(|c| self.take_char(c))
                || self.take_char(letter)
                || self.take_char(letter.to_ascii_lowercase())
        })
    }

    fn year_of_era(&mut self) -> Option<i32> {
        if self.take("元") {
            return Some(1);
        }
        let (year, _) = self.number(1, 3)?;
        i32::try_from(year).ok()
    }

    /// A western year of four digits with month and day, or all eight digits together.
    fn western(&mut self) -> Option<(i32, u32, u32)> {
        let (number, digits) = self.number(4, 8)?;
        match digits {
            4 => self.month_day(i32::try_from(number).ok()?),
            8 => {
                let year = i32::try_from(number.checked_div(10_000)?).ok()?;
                let month = number.checked_div(100)?.checked_rem(100)?;
                Some((year, month, number.checked_rem(100)?))
            },
            _ => None,
        }
    }

    /// Month and day after a year, with 年月日 or one separator twice.
    fn month_day(&mut self, year: i32) -> Option<(i32, u32, u32)> {
        let [before_month, before_day, end] = self.separators()?;
        self.take(before_month).then_some(())?;
        let (month, _) = self.number(1, 2)?;
        self.take(before_day).then_some(())?;
        let (day, _) = self.number(1, 2)?;
        self.take(end).then_some((year, month, day))
    }

    fn separators(&mut self) -> Option<[&'static str; 3]> {
        const KNOWN: [[&str; 3]; 4] = [
            ["年", "月", "日"],
            ["/", "/", ""],
            ["-", "-", ""],
            [".", ".", ""],
        ];
        self.skip_blanks();
        KNOWN
            .into_iter()
            .find(|[first, ..]| self.0.starts_with(first))
    }

    /// The end, or a midnight that a blank sets apart.
    fn is_midnight_or_end(&mut self) -> bool {
        self.is_end()
            || self.0.starts_with(char::is_whitespace)
                && self.time() == Some((0, 0, 0))
                && self.is_end()
    }

    fn time(&mut self) -> Option<(u32, u32, u32)> {
        let (hour, _) = self.number(1, 2)?;
        if self.take("時") {
            let minute = match self.number(1, 2) {
                Some((minute, _)) => self.take("分").then_some(minute)?,
                None => 0,
            };
            return Some((hour, minute, 0));
        }
        self.take_char(':').then_some(())?;
        let (minute, _) = self.number(2, 2)?;
        let second = if self.take_char(':') {
            self.number(2, 2)?.0
        } else {
            0
        };
        Some((hour, minute, second))
    }

    /// A number of `least` to `most` digits, and how many it has; nothing is taken otherwise.
    fn number(&mut self, least: usize, most: usize) -> Option<(u32, usize)> {
        self.skip_blanks();
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at_checked(digits)?;
        let fits = (least..=most).contains(&digits);
        let number = number.parse().ok().filter(|_| fits)?;
        self.0 = rest;
        Some((number, digits))
    }

    fn take(&mut self, token: &str) -> bool {
        if !token.is_empty() {
            self.skip_blanks();
        }
        let rest = self.0.strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn take_char(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn is_end(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests;
