//! Which register rows are in the ledger already.

use async_trait::async_trait;
use ledger_core::code::Register;
use ledger_core::id::Position;
use ledger_core::store::BoxError;

/// A register row that is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Position of the first event of its newest command.
    pub position: Position,
    /// HMAC over its parsed cells, hex.
    pub mac: String,
    /// The columns that it had filled, where it may grow.
    pub filled: Option<Vec<String>>,
}

/// Looks register rows up by key.
#[async_trait]
pub trait RowIndex: Send + Sync {
    /// Brings the index to the log's head.
    ///
    /// # Errors
    /// The log or the index cannot be read or written.
    async fn catch_up(&self) -> Result<(), BoxError>;

    /// The row with a key, its parts joined by `:`, as of the last [`RowIndex::catch_up`].
    ///
    /// # Errors
    /// The index cannot be read.
    async fn find(&self, register: Register, key: &str) -> Result<Option<Known>, BoxError>;
}
