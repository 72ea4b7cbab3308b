//! How a call of a store ended, in the few words that spans and metrics share.

use super::append::{AppendError, Appended};
use super::read::ReadError;

/// How an append ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppendOutcome {
    /// It was written.
    Written,
    /// It had been written before.
    Repeated,
    /// A stream was not where it was expected.
    Conflict,
    /// It breaks a limit.
    Refused,
    /// The queue was full or the database locked.
    Busy,
    /// This machine's clock is too far behind the log.
    ClockBehind,
    /// The engine failed; it may have been written all the same.
    Unknown,
    /// The disk is full; nothing was written.
    DiskFull,
    /// The store takes no writes; nothing was written.
    ReadOnly,
    /// The writer had ended.
    Closed,
}

impl AppendOutcome {
    /// Every way to end.
    pub const ALL: [Self; 10] = [
        Self::Written,
        Self::Repeated,
        Self::Conflict,
        Self::Refused,
        Self::Busy,
        Self::ClockBehind,
        Self::Unknown,
        Self::DiskFull,
        Self::ReadOnly,
        Self::Closed,
    ];

    /// How an append with this answer ended.
    #[must_use]
    pub const fn of(result: &Result<Appended, AppendError>) -> Self {
        match result {
            Ok(appended) if appended.repeated => Self::Repeated,
            Ok(_) => Self::Written,
            Err(error) => Self::of_error(error),
        }
    }

    /// How an append with this error ended.
    #[must_use]
    pub const fn of_error(error: &AppendError) -> Self {
        match error {
            AppendError::Conflict { .. } => Self::Conflict,
            AppendError::Refused { .. } => Self::Refused,
            AppendError::Busy => Self::Busy,
            AppendError::ClockBehind { .. } => Self::ClockBehind,
            AppendError::Storage { .. } => Self::Unknown,
            AppendError::DiskFull { .. } => Self::DiskFull,
            AppendError::ReadOnly { .. } => Self::ReadOnly,
            AppendError::Closed => Self::Closed,
        }
    }

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Written => "ok",
            Self::Repeated => "repeated",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::ClockBehind => "clock-behind",
            Self::Unknown => "unknown",
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "read-only",
            Self::Closed => "closed",
        }
    }
}

/// How a read ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadOutcome {
    /// It was answered.
    Answered,
    /// The engine failed.
    Failed,
    /// A stored row is not what this program writes.
    Damaged,
    /// Its filter's pattern gave up.
    Pattern,
    /// The engine stayed locked.
    Busy,
}

impl ReadOutcome {
    /// Every way to end.
    pub const ALL: [Self; 5] = [
        Self::Answered,
        Self::Failed,
        Self::Damaged,
        Self::Pattern,
        Self::Busy,
    ];

    /// How a read with this answer ended.
    #[must_use]
    pub const fn of<T>(result: &Result<T, ReadError>) -> Self {
        match result {
            Ok(_) => Self::Answered,
            Err(ReadError::Storage { .. }) => Self::Failed,
            Err(ReadError::Damaged { .. }) => Self::Damaged,
            Err(ReadError::Pattern(_)) => Self::Pattern,
            Err(ReadError::Busy) => Self::Busy,
        }
    }

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "ok",
            Self::Failed => "failed",
            Self::Damaged => "damaged",
            Self::Pattern => "pattern",
            Self::Busy => "busy",
        }
    }
}
