//! The database of kept projections: one SQL text for both engines.
//!
//! SQL files use text and bigint columns only, flags as 0 and 1, and parameters `$1`, `$2` …;
//! `@g@` in a table's name stands for the generation that is asked for.

mod postgres;
mod sqlite;
mod value;

pub use value::{Row, Value};

use std::path::Path;
use std::sync::Arc;

use ledger_core::store::postgres::Address;

use crate::turns::Turns;

/// How often tables are made again, when another process makes them just now.
const TRIES: usize = 5;

/// The kept projections of one ledger.
#[derive(Clone)]
pub struct Views {
    engine: Engine,
    /// Of all who have them from one another.
    turns: Arc<Turns>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Threads),
    Postgres(deadpool_postgres::Pool),
}

/// One statement of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its text, without any `@g@`.
    pub sql: Arc<str>,
    /// `$1`, `$2` …
    pub parameters: Vec<Value>,
    /// It must change exactly one row; else the whole batch is undone.
    pub guard: bool,
}

impl Statement {
    /// A statement on the tables of a generation.
    #[must_use]
    pub fn on(generation: i64, sql: &str, parameters: Vec<Value>) -> Self {
        Self {
            sql: text(generation, sql),
            parameters,
            guard: false,
        }
    }

    /// The same statement, which must change exactly one row.
    #[must_use]
    pub fn guarding(mut self) -> Self {
        self.guard = true;
        self
    }
}

/// A table that is only added to in bulk: its row has the values `$1` to `$n`, in that order.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Inserts one row.
    pub insert: &'static str,
    /// PostgreSQL's COPY of the same columns from binary rows.
    pub copy: &'static str,
}

/// New rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    insert: Arc<str>,
    copy: Arc<str>,
    values: Vec<Vec<Value>>,
}

impl Rows {
    /// New rows of a table of a generation.
    #[must_use]
    pub fn of(generation: i64, table: &Table, values: Vec<Vec<Value>>) -> Self {
        Self {
            insert: text(generation, table.insert),
            copy: text(generation, table.copy),
            values,
        }
    }
}

/// A part of what one transaction writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// New rows in bulk.
    Rows(Rows),
    /// One statement.
    Statement(Statement),
}

impl From<Statement> for Write {
    fn from(statement: Statement) -> Self {
        Self::Statement(statement)
    }
}

/// A text on the tables of a generation.
pub(crate) fn text(generation: i64, sql: &str) -> Arc<str> {
    sql.replace("@g@", &generation.to_string()).into()
}

/// Why the views could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// The engine failed.
    #[error("the views cannot be read or written")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The engine takes no such row; nothing was written. In its own words, without values.
    #[error("a row cannot be written: {0}")]
    Refused(String),
    /// Another process did this work meanwhile; nothing was written.
    #[error("another process brought the views forward")]
    Lost,
    /// A column does not hold what the program put there.
    #[error("column {0} of a view does not hold what it should")]
    Column(usize),
}

impl Views {
    /// The views in the ledger's own SQLite file.
    ///
    /// # Errors
    /// [`ViewsError::Storage`] when the file cannot be opened.
    pub fn sqlite(path: &Path) -> Result<Self, ViewsError> {
        Ok(Self::on(Engine::Sqlite(sqlite::Threads::open(path)?)))
    }

    /// The views beside a PostgreSQL ledger, in the schema that its app role owns.
    ///
    /// # Errors
    /// [`ViewsError::Storage`] when the pool cannot be made; connections are made when needed.
    pub fn postgres(address: &Address) -> Result<Self, ViewsError> {
        Ok(Self::on(Engine::Postgres(postgres::open(address)?)))
    }

    fn on(engine: Engine) -> Self {
        Self {
            engine,
            turns: Arc::default(),
        }
    }

    /// Whose turn it is to bring them forward.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// Reads rows.
    ///
    /// # Errors
    /// [`ViewsError::Storage`] when the engine fails, [`ViewsError::Lost`] when the generation's tables
    /// are not there: another process replaced it.
    pub async fn query(
        &self,
        generation: i64,
        sql: &str,
        parameters: Vec<Value>,
    ) -> Result<Vec<Row>, ViewsError> {
        let statement = Statement::on(generation, sql, parameters);
        match &self.engine {
            Engine::Sqlite(threads) => threads.query(statement).await,
            Engine::Postgres(pool) => postgres::query(pool, statement).await,
        }
    }

    /// Reads few rows, found by their keys: where it is embedded the engine does so without going to its thread.
    ///
    /// # Errors
    /// Those of [`Self::query`].
    pub(crate) async fn query_few(
        &self,
        generation: i64,
        sql: &str,
        parameters: Vec<Value>,
    ) -> Result<Vec<Row>, ViewsError> {
        let statement = Statement::on(generation, sql, parameters);
        match &self.engine {
            Engine::Sqlite(threads) => threads.query_few(statement).await,
            Engine::Postgres(pool) => postgres::query(pool, statement).await,
        }
    }

    /// Whether a table is there.
    ///
    /// # Errors
    /// [`ViewsError::Storage`] when the engine fails.
    pub(crate) async fn has_table(&self, name: &str) -> Result<bool, ViewsError> {
        let sql = match &self.engine {
            Engine::Sqlite(_) => include_str!("sql/sqlite_has_table.sql"),
            Engine::Postgres(_) => include_str!("sql/postgres_has_table.sql"),
        };
        let rows = self.query(0, sql, vec![Value::from(name)]).await?;
        rows.first().map_or(Ok(false), |row| Ok(row.int(0)? > 0))
    }

    /// Makes tables together where the one that is named is missing.
    ///
    /// # Errors
    /// [`ViewsError`] when the views cannot be written.
    pub(crate) async fn make_once(&self, name: &str, texts: &[&str]) -> Result<(), ViewsError> {
        for _ in 0..TRIES {
            if self.has_table(name).await? {
                break;
            }
            let make = texts.iter().map(|text| Statement::on(0, text, Vec::new()));
            match self.write(make.collect::<Vec<Statement>>()).await {
                Err(ViewsError::Lost) => {},
                other => return other,
            }
        }
        Ok(())
    }

    /// Writes everything in its order in one transaction.
    ///
    /// # Errors
    /// [`ViewsError::Lost`] when a guard changed no row, [`ViewsError::Refused`] when a row is none that
    /// its table takes, [`ViewsError::Storage`] when the engine fails; nothing is written then.
    pub async fn write<W: Into<Write>>(&self, batch: Vec<W>) -> Result<(), ViewsError> {
        let batch = batch.into_iter().map(Into::into).collect();
        match &self.engine {
            Engine::Sqlite(threads) => threads.write(batch).await,
            Engine::Postgres(pool) => postgres::write(pool, batch).await,
        }
    }

    /// Checks that a text is one that the engine understands.
    ///
    /// # Errors
    /// [`ViewsError::Storage`] with what the engine says.
    pub async fn prepare(&self, generation: i64, sql: &str) -> Result<(), ViewsError> {
        let statement = Statement::on(generation, sql, Vec::new());
        match &self.engine {
            Engine::Sqlite(threads) => threads.prepare(statement).await,
            Engine::Postgres(pool) => postgres::prepare(pool, statement).await,
        }
    }
}
