//! Time: the store's clock, dates in Japan, fiscal years, eras.

mod fiscal_year;
mod occurred;
mod timestamp;

pub use chrono::{NaiveDate as Day, NaiveTime as TimeOfDay};
pub use fiscal_year::FiscalYear;
pub use occurred::{Occurred, OccurredError};
pub use timestamp::{Clock, SystemClock, Timestamp, TimestampError};
