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
    /// HMAC over its parsed cells, hex: as it is last, and before as it was before it grew.
    pub macs: Vec<String>,
    /// The columns that it had filled, where it may grow.
    pub filled: Option<Vec<String>>,
}

impl Known {
    /// Whether the row was recorded with this fingerprint, now or before it grew.
    #[must_use]
    pub fn was(&self, mac: &str) -> bool {
        self.macs.iter().any(|known| known == mac)
    }

    /// Whether it is recorded with this fingerprint now.
    #[must_use]
    pub fn is(&self, mac: &str) -> bool {
        self.macs.last().is_some_and(|known| known == mac)
    }
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

    /// The streams of the rows whose keys begin with `prefix`, as of the last catch-up.
    ///
    /// # Errors
    /// The index cannot be read.
    async fn streams(&self, register: Register, prefix: &str) -> Result<Vec<String>, BoxError>;
}
