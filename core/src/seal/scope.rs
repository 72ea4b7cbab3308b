//! What a data key seals: one stream, one class of fields, for records one fiscal year.

use std::fmt;

use crate::id::StreamName;
use crate::time::FiscalYear;

/// The two classes of private fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyClass {
    /// Names, birth date, contacts: kept until the case is closed and its retention has run.
    Identity,
    /// Everything else, kept by the fiscal year of what occurred.
    Record,
}

impl KeyClass {
    /// The name under which it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Record => "record",
        }
    }
}

/// What one data key seals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyScope {
    stream: StreamName,
    class: KeyClass,
    fiscal_year: Option<FiscalYear>,
}

impl KeyScope {
    /// The identity fields of a stream; they have no year.
    #[must_use]
    pub const fn identity(stream: StreamName) -> Self {
        Self {
            stream,
            class: KeyClass::Identity,
            fiscal_year: None,
        }
    }

    /// The record fields of a stream for what occurred in one fiscal year.
    #[must_use]
    pub const fn record(stream: StreamName, fiscal_year: FiscalYear) -> Self {
        Self {
            stream,
            class: KeyClass::Record,
            fiscal_year: Some(fiscal_year),
        }
    }

    /// The stream.
    #[must_use]
    pub const fn stream(&self) -> &StreamName {
        &self.stream
    }

    /// The class.
    #[must_use]
    pub const fn class(&self) -> KeyClass {
        self.class
    }

    /// The fiscal year as the key store keeps it; 0 where the class has none.
    #[must_use]
    pub fn year_or_zero(&self) -> i64 {
        self.fiscal_year.map_or(0, |year| i64::from(year.year()))
    }
}

impl fmt::Display for KeyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}",
            self.stream,
            self.class.code(),
            self.year_or_zero()
        )
    }
}
