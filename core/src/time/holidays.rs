//! National holidays by name, and the list they are read from.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateError, parse_day};
use crate::text::normal;

/// National holidays and their substitutes, each day with its name.
///
/// Stored as a list of `{"day":"2021-08-09","name":"山の日 振替休日"}`, by day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Row>", into = "Vec<Row>")]
pub struct Holidays(BTreeMap<NaiveDate, String>);

/// A day that a list of holidays names twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayRowError {
    /// Two rows have this day.
    #[error("the day {day} is listed twice")]
    Repeated {
        /// The day in question.
        day: NaiveDate,
    },
    /// A stored day is not `YYYY-MM-DD`.
    #[error("a stored holiday has no date such as 2021-08-09")]
    Date,
}

/// A list of holidays that cannot be read, with the line at fault; the first line is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidaysError {
    /// The first line is not one of the two known headers.
    #[error("line 1 is not the header date,name")]
    Header,
    /// Not exactly a date and a name.
    #[error("line {line} is not a date and a name with one comma between them")]
    Fields {
        /// Line number, the header being 1.
        line: usize,
    },
    /// The first field names no day.
    #[error("line {line} does not begin with a date")]
    Date {
        /// Line number, the header being 1.
        line: usize,
        /// Why it is none.
        source: DateError,
    },
    /// An earlier line has the same day.
    #[error("line {line} repeats a day")]
    Repeated {
        /// Line number, the header being 1.
        line: usize,
    },
    /// There is a header and nothing else.
    #[error("the list of holidays is empty")]
    Empty,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Row {
    day: String,
    name: String,
}

crate::schema::stored_schema!(Holidays, Vec<Row>);

impl Holidays {
    /// Takes days with their names.
    ///
    /// # Errors
    /// [`HolidayRowError::Repeated`] when a day comes twice.
    pub fn from_rows(
        rows: impl IntoIterator<Item = (NaiveDate, String)>,
    ) -> Result<Self, HolidayRowError> {
        let mut days = BTreeMap::new();
        for (day, name) in rows {
            if days.insert(day, name).is_some() {
                return Err(HolidayRowError::Repeated { day });
            }
        }
        Ok(Self(days))
    }

    /// Whether `day` is a holiday.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.0.contains_key(&day)
    }

    /// The holiday's name, where `day` is one.
    #[must_use]
    pub fn name(&self, day: NaiveDate) -> Option<&str> {
        self.0.get(&day).map(String::as_str)
    }

    /// Every holiday with its name, by day.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.0.iter().map(|(day, name)| (*day, name.as_str()))
    }

    /// How many days there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// First and last year for which holidays are listed: a figure for another year lacks them.
    #[must_use]
    pub fn years(&self) -> Option<(i32, i32)> {
        let (first, _) = self.0.first_key_value()?;
        let (last, _) = self.0.last_key_value()?;
        Some((first.year(), last.year()))
    }
}

impl TryFrom<Vec<Row>> for Holidays {
    type Error = HolidayRowError;
    fn try_from(rows: Vec<Row>) -> Result<Self, Self::Error> {
        let days: Result<Vec<_>, _> = rows
            .into_iter()
            .map(|row| match row.day.parse::<NaiveDate>() {
                Ok(day) if day.to_string() == row.day => Ok((day, row.name)),
                _ => Err(HolidayRowError::Date),
            })
            .collect();
        Self::from_rows(days?)
    }
}

impl From<Holidays> for Vec<Row> {
    fn from(holidays: Holidays) -> Self {
        let row = |(day, name): (NaiveDate, String)| Row {
            day: day.to_string(),
            name,
        };
        holidays.0.into_iter().map(row).collect()
    }
}

/// The headers of our own list and of the one that the Cabinet Office publishes.
const HEADERS: [(&str, &str); 2] = [
    ("date", "name"),
    ("国民の祝日・休日月日", "国民の祝日・休日名称"),
];

/// Reads a list of holidays: a header `date,name`, then a day and its name a line.
///
/// The text may begin with a byte order mark, have either line end and blank lines. The header of
/// the Cabinet Office's list is taken too. Names hold no comma; quotes around a field come off.
///
/// # Errors
/// [`HolidaysError`] with the number of the first line that is wrong.
pub fn parse_holidays(text: &str) -> Result<Holidays, HolidaysError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1_usize..).zip(text.lines());
    let header = lines.next().and_then(|(_, line)| fields(line));
    if !header.is_some_and(|(day, name)| HEADERS.contains(&(day.as_str(), name.as_str()))) {
        return Err(HolidaysError::Header);
    }
    let mut days = BTreeMap::new();
    for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        let (day, name) = fields(text).ok_or(HolidaysError::Fields { line })?;
        let read = parse_day(&day).map_err(|source| HolidaysError::Date { line, source })?;
        if days.insert(read.day, name).is_some() {
            return Err(HolidaysError::Repeated { line });
        }
    }
    if days.is_empty() {
        return Err(HolidaysError::Empty);
    }
    Ok(Holidays(days))
}

/// The two fields of a line, neither of them empty.
fn fields(line: &str) -> Option<(String, String)> {
    let (first, second) = line.split_once(',')?;
    let field = |text: &str| Some(normal(text.trim().trim_matches('"'))).filter(|t| !t.is_empty());
    (!second.contains(',')).then_some(())?;
    Some((field(first)?, field(second)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_embedded_list_is_read_whole() {
        let holidays =
            parse_holidays(include_str!("../../../app/data/japanese-holidays.csv")).unwrap();

        assert_eq!(holidays.len(), 239);
        assert_eq!(holidays.years(), Some((2018, 2030)));
        assert_eq!(holidays.name(day(2021, 8, 9)), Some("山の日 振替休日"));
        assert!(!holidays.contains(day(2021, 8, 11)));
        assert_eq!(holidays.name(day(2030, 11, 23)), Some("勤労感謝の日"));
    }

    #[test]
    fn the_cabinet_offices_own_list_is_read_too() {
        let text = "\u{feff}国民の祝日・休日月日,国民の祝日・休日名称\r\n2021/8/9,\"休日\"\r\n\r\n";

        let holidays = parse_holidays(text).unwrap();

        let days: Vec<_> = holidays.iter().collect();
        assert_eq!(days, [(day(2021, 8, 9), "休日")]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let after = |line: &str| parse_holidays(&format!("date,name\n2021-01-01,元日\n\n{line}"));
        let source = DateError::NoSuchDay;

        assert_eq!(
            after("2021-02-30,x"),
            Err(HolidaysError::Date { line: 4, source })
        );
        assert_eq!(after("2021-02-11"), Err(HolidaysError::Fields { line: 4 }));
        assert_eq!(after("2021-02-11,"), Err(HolidaysError::Fields { line: 4 }));
        assert_eq!(
            after("2021-02-11,a,b"),
            Err(HolidaysError::Fields { line: 4 })
        );
        assert_eq!(
            after("2021/1/1,元日"),
            Err(HolidaysError::Repeated { line: 4 })
        );
    }

    #[test]
    fn a_list_without_header_or_days_is_refused() {
        assert_eq!(parse_holidays(""), Err(HolidaysError::Header));
        assert_eq!(
            parse_holidays("2021-01-01,元日\n"),
            Err(HolidaysError::Header)
        );
        assert_eq!(parse_holidays("date,name\n\n"), Err(HolidaysError::Empty));
    }

    #[test]
    fn holidays_are_stored_by_day() {
        let rows = [(day(2022, 1, 1), "元日"), (day(2021, 8, 9), "休日")];
        let holidays = Holidays::from_rows(rows.map(|(day, name)| (day, name.to_owned()))).unwrap();
        let stored = json!([
            {"day": "2021-08-09", "name": "休日"},
            {"day": "2022-01-01", "name": "元日"},
        ]);

        assert_eq!(serde_json::to_value(&holidays).unwrap(), stored);
        assert_eq!(
            serde_json::from_value::<Holidays>(stored).unwrap(),
            holidays
        );
    }

    #[test]
    fn stored_holidays_that_repeat_a_day_or_lack_one_are_refused() {
        let row = |day: &str| json!({"day": day, "name": "休日"});

        for rows in [
            json!([row("2021-08-09"), row("2021-08-09")]),
            json!([row("2021-8-9")]),
            json!([row("2021-02-30")]),
        ] {
            assert!(
                serde_json::from_value::<Holidays>(rows.clone()).is_err(),
                "{rows}"
            );
        }
    }
}
