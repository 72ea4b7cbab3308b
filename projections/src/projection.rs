//! What a kept projection is: tables, and which rows an event makes.

use std::sync::Arc;

use async_trait::async_trait;
use ledger_core::event::Recorded;
use ledger_core::store::StoredEvent;

use crate::views::{self, Rows, Statement, Table, Value, Views, ViewsError, Write};

/// What events write into the tables of one generation: new rows, then statements.
#[derive(Debug)]
pub struct Batch {
    generation: i64,
    /// The texts so far, of which there are few, each as it was given and on the generation's tables.
    texts: Vec<(&'static str, Arc<str>)>,
    rows: Vec<(&'static Table, Vec<Vec<Value>>)>,
    statements: Vec<Statement>,
}

impl Batch {
    /// An empty batch for the tables of a generation.
    #[must_use]
    pub const fn new(generation: i64) -> Self {
        Self {
            generation,
            texts: Vec::new(),
            rows: Vec::new(),
            statements: Vec::new(),
        }
    }

    /// Adds a row, which stands in its table before any statement of the batch runs, earlier ones
    /// included.
    pub fn insert(&mut self, table: &'static Table, row: Vec<Value>) {
        match self
            .rows
            .iter_mut()
            .find(|(into, _)| std::ptr::eq(*into, table))
        {
            Some((_, rows)) => rows.push(row),
            None => self.rows.push((table, vec![row])),
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

    /// What is to be written, in its order.
    pub fn into_writes(self) -> impl Iterator<Item = Write> {
        let generation = self.generation;
        let rows = self.rows.into_iter();
        let rows = rows.map(move |(table, rows)| Write::Rows(Rows::of(generation, table, rows)));
        rows.chain(self.statements.into_iter().map(Write::Statement))
    }
}

/// An event as a projection sees it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// As it is stored.
    pub stored: &'a StoredEvent,
    /// As it is understood; none where its type is foreign, or nobody asked for its content.
    pub event: Option<&'a Recorded>,
}

/// Folds events into rows, in the order of the log.
pub trait Fold: Send {
    /// Adds what an event makes or closes.
    fn event(&mut self, seen: &Seen<'_>, batch: &mut Batch);

    /// Adds what it kept back, before a batch is written.
    fn end(&mut self, _batch: &mut Batch) {}
}

/// A kept projection: a pure function from the log to rows.
///
/// To change one, edit it and raise its version: the program then builds its new tables beside the
/// old ones and switches, without a migration.
#[async_trait]
pub trait Projection: Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;

    /// Raised whenever the same log would make other rows.
    fn version(&self) -> i64;

    /// Statements that make its tables, and the indexes that folding needs, `@g@` in every name.
    fn schema(&self) -> &'static [&'static str];

    /// Statements that drop them.
    fn discard(&self) -> &'static [&'static str];

    /// Reads rows whose key (the first column, text) is greater than `$1`, by that key, at most
    /// `$2`, as they stood at position `$3`; the second column is the position that made the row.
    fn listing(&self) -> &'static str;

    /// Whether its rows tell how they stood at an earlier position; else they tell only the newest.
    fn is_versioned(&self) -> bool;

    /// Whether it needs the events' content; else one that cannot be understood does not stop it.
    fn reads_content(&self) -> bool {
        true
    }

    /// Begins to fold on from the rows of a generation, of which it may read what it needs.
    ///
    /// # Errors
    /// [`ViewsError`] when they cannot be read.
    async fn begin(&self, views: &Views, generation: i64) -> Result<Box<dyn Fold>, ViewsError>;
}
