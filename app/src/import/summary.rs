//! What an import did, file by file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ledger_core::code::{Flag, Register};

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// Its name.
    pub file: String,
    /// Rows read.
    pub read: u64,
    /// Rows recorded now, grown ones included.
    pub taken: u64,
    /// Of those, rows that happened more than 365 days before today; a row that grew is none.
    pub late: u64,
    /// Rows that were there already.
    pub already: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// How many rows were taken with each data-quality flag.
    pub flags: BTreeMap<Flag, u64>,
    /// Columns that the register does not know, which were kept out.
    pub unknown_columns: Vec<String>,
    /// Required columns that are missing: nothing of the file was taken.
    pub missing_columns: Vec<&'static str>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files, in the order of the registers.
    pub files: Vec<FileSummary>,
    /// Registers of which there was no file.
    pub skipped: Vec<Register>,
    /// The rejects file, where one was written, and how many rows it holds.
    pub rejects: Option<(PathBuf, u64)>,
    /// An older rejects file was removed.
    pub removed_rejects: bool,
}

impl Summary {
    /// Whether every row of every file is in the ledger now.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let clean = |file: &FileSummary| file.rejected == 0 && file.missing_columns.is_empty();
        self.files.iter().all(clean)
    }

    /// Rows recorded now, over all files.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.files.iter().map(|file| file.taken).sum()
    }
}
