//! Why a command was not executed.

use std::sync::Arc;

use ledger_core::event::{DecodeError, DecodeStoredError, EncodeError};
use ledger_core::store::{AppendError, ReadError};

use crate::rejection::Rejection;

/// Why a command was not executed.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The rules say no; nothing was written.
    #[error("the command is refused")]
    Rejected(#[from] Rejection),
    /// The store's queue is full or its database locked; nothing was written, try again.
    #[error("the store is busy, try again")]
    Busy,
    /// Other writers came first again and again; nothing was written, try again.
    #[error("other writers came first {attempts} times")]
    Contended {
        /// How often the decision was made.
        attempts: usize,
    },
    /// The append failed; after a storage error, whether it was kept is unknown: execute it again
    /// under the same command id.
    #[error("the events cannot be appended")]
    Append(#[source] Arc<AppendError>),
    /// A stream could not be read.
    #[error("a stream cannot be read")]
    Read(#[source] ReadError),
    /// A stored event could not be understood or opened.
    #[error("a stored event cannot be read")]
    Decode(#[from] DecodeStoredError),
    /// A stored correction does not fit its target.
    #[error("a stored correction cannot be applied")]
    History(#[from] DecodeError),
    /// The new events could not be written or sealed.
    #[error("the events cannot be written")]
    Encode(#[from] EncodeError),
}

impl ExecuteError {
    /// Whether the command may have been written all the same: only the same command sent again
    /// under the same command id tells.
    #[must_use]
    pub fn may_be_written(&self) -> bool {
        match self {
            Self::Append(error) => {
                matches!(
                    **error,
                    AppendError::Storage { .. }
                        | AppendError::DiskFull { .. }
                        | AppendError::ReadOnly { .. }
                        | AppendError::Closed
                )
            },
            Self::Rejected(_)
            | Self::Busy
            | Self::Contended { .. }
            | Self::Read(_)
            | Self::Decode(_)
            | Self::History(_)
            | Self::Encode(_) => false,
        }
    }
}

impl From<AppendError> for ExecuteError {
    fn from(error: AppendError) -> Self {
        if matches!(error, AppendError::Busy) {
            Self::Busy
        } else {
            Self::Append(Arc::new(error))
        }
    }
}

impl From<ReadError> for ExecuteError {
    fn from(error: ReadError) -> Self {
        if matches!(error, ReadError::Busy) {
            Self::Busy
        } else {
            Self::Read(error)
        }
    }
}
