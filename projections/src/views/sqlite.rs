//! The views in SQLite.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use ledger_core::sqlite::{SqliteThread, ThreadEnded};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::{Row, Rows, Statement, Value, ViewsError, Write};

/// How texts ask for comparing bytes.
const POSTGRES_BINARY: &str = "COLLATE \"C\"";
/// How long a call waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

impl From<rusqlite::Error> for ViewsError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch) => {
                Self::Refused(error.to_string())
            },
            _ => Self::Storage(Box::new(error)),
        }
    }
}

/// A text that does not prepare: all of them are tried by the tests, so that its table is not there, or
/// is there already. As on PostgreSQL that is another process's doing.
fn missing(error: rusqlite::Error) -> ViewsError {
    match error.sqlite_error_code() {
        Some(ErrorCode::Unknown) => ViewsError::Lost,
        _ => error.into(),
    }
}

impl From<ThreadEnded> for ViewsError {
    fn from(ended: ThreadEnded) -> Self {
        Self::Storage(Box::new(ended))
    }
}

/// The connections to the file, each with its thread: who reads does not wait for what is written.
#[derive(Clone)]
pub(super) struct Threads {
    reader: SqliteThread,
    writer: SqliteThread,
}

impl Threads {
    pub(super) fn open(path: &Path) -> Result<Self, ViewsError> {
        Ok(Self {
            reader: connect(path)?,
            writer: connect(path)?,
        })
    }

    pub(super) async fn query(&self, asked: Statement) -> Result<Vec<Row>, ViewsError> {
        self.reader
            .call(move |connection| rows(connection, &asked))
            .await
    }

    /// The same where it is answered in microseconds.
    pub(super) async fn query_few(&self, asked: Statement) -> Result<Vec<Row>, ViewsError> {
        self.reader
            .call_short(move |connection| rows(connection, &asked))
            .await
    }

    pub(super) async fn write(&self, batch: Vec<Write>) -> Result<(), ViewsError> {
        self.writer
            .call(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                for part in &batch {
                    match part {
                        Write::Rows(rows) => insert(&transaction, rows)?,
                        Write::Statement(asked) => execute(&transaction, asked)?,
                    }
                }
                Ok(transaction.commit()?)
            })
            .await
    }

    pub(super) async fn prepare(&self, asked: Statement) -> Result<(), ViewsError> {
        self.reader
            .call(move |connection| Ok(connection.prepare(&binary(&asked.sql)).map(drop)?))
            .await
    }
}

fn connect(path: &Path) -> Result<SqliteThread, ViewsError> {
    let connection = ledger_core::sqlite::open(path, OpenFlags::default())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(include_str!("sql/sqlite_pragmas.sql"))?;
    // As tables of earlier versions name the collation.
    connection.create_collation("C", |left, right| left.as_bytes().cmp(right.as_bytes()))?;
    SqliteThread::start(connection).map_err(|error| ViewsError::Storage(Box::new(error)))
}

fn rows(connection: &Connection, asked: &Statement) -> Result<Vec<Row>, ViewsError> {
    let sql = binary(&asked.sql);
    let mut statement = connection.prepare_cached(&sql).map_err(missing)?;
    bind(&mut statement, &asked.parameters)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
        all.push(Row(values.collect::<Result<_, ViewsError>>()?));
    }
    Ok(all)
}

fn execute(transaction: &Transaction<'_>, asked: &Statement) -> Result<(), ViewsError> {
    let sql = binary(&asked.sql);
    let mut statement = transaction.prepare_cached(&sql).map_err(missing)?;
    bind(&mut statement, &asked.parameters)?;
    if statement.raw_execute()? != 1 && asked.guard {
        return Err(ViewsError::Lost);
    }
    Ok(())
}

fn insert(transaction: &Transaction<'_>, rows: &Rows) -> Result<(), ViewsError> {
    let sql = binary(&rows.insert);
    let mut statement = transaction.prepare_cached(&sql).map_err(missing)?;
    let places = places(&statement);
    for row in &rows.values {
        bind_at(&mut statement, &places, row)?;
        statement.raw_execute()?;
    }
    Ok(())
}

/// The text with SQLite's own name for comparing bytes, which texts for both engines call as PostgreSQL
/// does: a collation of the program's would check every text's UTF-8 at every comparison.
fn binary(sql: &str) -> Cow<'_, str> {
    if sql.contains(POSTGRES_BINARY) {
        sql.replace(POSTGRES_BINARY, "COLLATE BINARY").into()
    } else {
        sql.into()
    }
}

/// Binds `$n` by its name: SQLite numbers parameters by where they first stand.
fn bind(statement: &mut rusqlite::Statement<'_>, parameters: &[Value]) -> Result<(), ViewsError> {
    let places = places(statement);
    bind_at(statement, &places, parameters)
}

/// SQLite's number of each parameter of a text, and its place among the values from 0.
fn places(statement: &rusqlite::Statement<'_>) -> Vec<(usize, usize)> {
    let place = |index| {
        let name = statement.parameter_name(index).unwrap_or_default();
        let number = name.trim_start_matches('$').parse::<usize>().ok()?;
        Some((index, number.checked_sub(1)?))
    };
    (1..=statement.parameter_count())
        .filter_map(place)
        .collect()
}

fn bind_at(
    statement: &mut rusqlite::Statement<'_>,
    places: &[(usize, usize)],
    values: &[Value],
) -> Result<(), ViewsError> {
    for (index, place) in places {
        let Some(value) = values.get(*place) else {
            continue;
        };
        match value {
            Value::Null => statement.raw_bind_parameter(*index, rusqlite::types::Null)?,
            Value::Int(number) => statement.raw_bind_parameter(*index, number)?,
            Value::Text(text) => statement.raw_bind_parameter(*index, text)?,
            Value::Foreign(_) => return Err(ViewsError::Column(*index)),
        }
    }
    Ok(())
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(bytes) => {
            std::str::from_utf8(bytes).map_or(Value::Foreign("text that is no UTF-8"), Value::from)
        },
        ValueRef::Real(_) => Value::Foreign("real"),
        ValueRef::Blob(_) => Value::Foreign("blob"),
    }
}
