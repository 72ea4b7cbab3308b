//! What an import did, file by file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ledger_core::code::{Flag, Register};
use ledger_core::event::{ImportRowsRejected, RejectedRow};

use super::refusal::Refusal;

/// Rejected rows of a file that are named in the ledger one by one; the others are counted.
const NAMED_MAX: usize = 500;

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// Its name.
    pub file: String,
    /// The register whose rows it holds; none where they name none.
    pub register: Option<Register>,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
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
    /// The first of them.
    pub rejected_rows: Vec<RejectedRow>,
    /// How many rows were taken with each data-quality flag.
    pub flags: BTreeMap<Flag, u64>,
    /// Columns that the register does not know, which were kept out.
    pub unknown_columns: Vec<String>,
    /// Required columns that are missing: nothing of the file was taken.
    pub missing_columns: Vec<&'static str>,
}

impl FileSummary {
    /// Counts a row that was not taken, and keeps why without what its cells say.
    pub fn reject(&mut self, row: u32, refusal: &Refusal) {
        self.rejected = self.rejected.saturating_add(1);
        if self.rejected_rows.len() < NAMED_MAX {
            self.rejected_rows.push(RejectedRow {
                row,
                column: refusal.column.as_deref().map(str::to_owned),
                code: refusal.code.to_owned(),
            });
        }
    }

    /// What the ledger keeps of what was not taken; nothing where all was.
    #[must_use]
    pub fn rejections(&self) -> Option<ImportRowsRejected> {
        let missing = self.missing_columns.iter();
        let event = ImportRowsRejected {
            register: self.register,
            file: self.sha256.clone(),
            rows_read: self.read,
            rows_taken: self.taken,
            rows_already: self.already,
            rows_rejected: self.rejected,
            missing_columns: missing.map(|column| (*column).to_owned()).collect(),
            rejected: self.rejected_rows.clone(),
        };
        (self.rejected > 0 || !self.missing_columns.is_empty()).then_some(event)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rejected_row_is_counted_and_the_first_are_named() {
        let mut file = FileSummary::default();
        assert_eq!(file.rejections(), None);
        for row in 2..=602 {
            file.reject(row, &Refusal::missing_value("主訴"));
        }
        let left = file.rejections().unwrap();
        assert_eq!((left.rows_rejected, left.rejected.len()), (601, NAMED_MAX));
        let first = RejectedRow {
            row: 2,
            column: Some("主訴".to_owned()),
            code: "MISSING_VALUE".to_owned(),
        };
        assert_eq!(left.rejected.first(), Some(&first));
    }

    #[test]
    fn a_file_that_lacks_a_column_is_told_without_rows() {
        let file = FileSummary {
            missing_columns: vec!["主訴"],
            ..FileSummary::default()
        };
        let left = file.rejections().unwrap();
        assert_eq!(
            (left.rows_rejected, left.missing_columns),
            (0, vec!["主訴".to_owned()])
        );
    }
}
