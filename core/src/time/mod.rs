//! Time: the store's clock, dates in Japan, fiscal years, eras, the centre's calendar.

mod age;
mod calendar;
mod fiscal_year;
mod holidays;
mod new_year;
mod occurred;
mod parse;
mod timestamp;
mod wareki;

pub use age::{Age, AgeBand, age_on};
pub use calendar::{Calendar, OpeningHours, OpeningHoursError, Weekday};
pub use chrono::{NaiveDate as Day, NaiveTime as TimeOfDay};
pub use fiscal_year::FiscalYear;
pub use holidays::{HolidayRowError, Holidays, HolidaysError, parse_holidays};
pub use new_year::{MonthDay, MonthDayError, NewYearBreak};
pub use occurred::{Occurred, OccurredError};
pub use parse::{DateError, ParsedDay, TimeError, parse_day, parse_time};
pub use timestamp::{Clock, SystemClock, Timestamp, TimestampError};
pub use wareki::{
    Era, wareki, wareki_and_western, wareki_fiscal_year, wareki_fiscal_year_as_begun, wareki_short,
};
