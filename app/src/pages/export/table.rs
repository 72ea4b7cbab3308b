//! A table as it is taken along.

use ledger_core::id::Position;

/// A table.
pub(in crate::pages) struct Table {
    /// What it is called.
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) columns: Vec<&'static str>,
    /// Rows of as many cells as there are columns.
    pub(in crate::pages) rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
pub(in crate::pages) enum Cell {
    Text(String),
    Nothing,
}

impl Cell {
    pub(in crate::pages) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What is known, or nothing.
    pub(in crate::pages) fn known(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

/// Who took a table along, when, and up to where it tells.
pub(super) struct Stamp {
    pub(super) on: String,
    pub(super) by: String,
    pub(super) as_at: Position,
}
