//! What a kept projection is: tables, and which rows an event makes.

use std::sync::Arc;

use ledger_core::event::Recorded;

use crate::views::{self, Statement, Value};

/// Statements that events make, on the tables of one generation.
#[derive(Debug)]
pub struct Batch {
    generation: i64,
    /// The texts so far, of which there are few, each as it was given and on the generation's tables.
    texts: Vec<(&'static str, Arc<str>)>,
    statements: Vec<Statement>,
}

impl Batch {
    /// An empty batch for the tables of a generation.
    #[must_use]
    pub const fn new(generation: i64) -> Self {
        Self {
            generation,
            texts: Vec::new(),
            statements: Vec::new(),
        }
    }

    /// Adds a statement.
    pub fn add(&mut self, sql: &'static str, parameters: Vec<Value>) {
        let known = self.texts.iter().find(|(given, _)| *given == sql);
        let text = known.map(|(_, text)| Arc::clone(text));
        let text = text.unwrap_or_else(|| {
            let text = views::text(self.generation, sql);
            self.texts.push((sql, Arc::clone(&text)));
            text
        });
        self.statements.push(Statement {
            sql: text,
            parameters,
            guard: false,
        });
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

    /// Statements that make its tables, and the indexes that [`Self::apply`] needs, `@g@` in every
    /// name.
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
