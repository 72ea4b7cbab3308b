//! Tables as they are taken along.

use ledger_core::id::Position;

use super::measured::Measured;

/// A table.
pub(in crate::pages) struct Table {
    /// By which it is asked for among those of its page; empty where it is the only one.
    pub(super) code: &'static str,
    /// What it is called.
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    /// Rows of as many cells as there are columns.
    pub(super) rows: Vec<Vec<Cell>>,
    /// As of when it tells, where its page says so.
    pub(super) stamp: String,
}

impl Table {
    pub(in crate::pages) fn new<C: Into<String>>(
        title: impl Into<String>,
        columns: impl IntoIterator<Item = C>,
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        Self {
            code: "",
            title: title.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: rows.into_iter().collect(),
            stamp: String::new(),
        }
    }

    /// The same, one of several tables of a page.
    pub(in crate::pages) fn coded(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// The same with as of when it tells.
    pub(in crate::pages) fn stamped(self, stamp: impl Into<String>) -> Self {
        Self {
            stamp: stamp.into(),
            ..self
        }
    }

    /// The same, as of this where nothing else is said.
    pub(in crate::pages) fn or_stamped(self, stamp: &str) -> Self {
        if self.stamp.is_empty() {
            return self.stamped(stamp);
        }
        self
    }
}

/// What stands in a cell.
#[derive(Clone)]
pub(in crate::pages) enum Cell {
    Text(String),
    Number(i64),
    Measured(Measured),
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

    /// A count as a page tells it: a number that a spreadsheet adds up, or the mark that stands for one.
    pub(in crate::pages) fn count(told: &str) -> Self {
        told.parse().map_or_else(|_| Self::text(told), Self::Number)
    }

    /// How many there are of something.
    pub(in crate::pages) fn number(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Nothing, Self::Number)
    }
}

/// Who took tables along, when, and up to where they tell.
pub(super) struct Stamp {
    pub(super) on: String,
    pub(super) by: String,
    pub(super) as_at: Position,
}
