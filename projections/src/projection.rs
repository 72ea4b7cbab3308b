//! What a kept projection is: tables, and which rows an event makes.

use ledger_core::event::Recorded;

use crate::views::{Statement, Value};

/// Statements that events make, on the tables of one generation.
#[derive(Debug)]
pub struct Batch {
    generation: i64,
    statements: Vec<Statement>,
}

impl Batch {
    /// An empty batch for the tables of a generation.
    #[must_use]
    pub const fn new(generation: i64) -> Self {
        Self {
            generation,
            statements: Vec::new(),
        }
    }

    /// Adds a statement.
    pub fn add(&mut self, sql: &str, parameters: Vec<Value>) {
        self.statements
            .push(Statement::on(self.generation, sql, parameters));
    }

    /// The statements in their order.
    #[must_use]
    pub fn into_statements(self) -> Vec<Statement> {
        self.statements
    }
}

/// A kept projection: a pure function from the log to rows.
///
/// To change one, edit it and raise its version: the program then builds its new tables beside the
/// old ones and switches, without a migration.
pub trait Projection: Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;

    /// Raised whenever the same log would make other rows.
    fn version(&self) -> i64;

    /// Statements that make its tables and indexes, `@g@` in every name.
    fn schema(&self) -> &'static [&'static str];

    /// Statements that drop them.
    fn discard(&self) -> &'static [&'static str];

    /// Reads rows whose key (the first column, text) is greater than `$1`, by that key, at most
    /// `$2`, as they stood at position `$3`; the second column is the position that made the row.
    fn listing(&self) -> &'static str;

    /// Whether its rows tell how they stood at an earlier position; else they tell only the newest.
    fn is_versioned(&self) -> bool;

    /// The rows that an event makes or closes.
    fn apply(&self, event: &Recorded, batch: &mut Batch);
}
