//! Sign-ins in the SQLite file of the keys.

use std::path::Path;

use async_trait::async_trait;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement, TransactionBehavior};

use super::SignInError;
use super::table::{Asked, Line, Tables, Value};
use crate::seal::connect_keys;
use crate::sqlite::{SqliteThread, ThreadEnded};

impl From<rusqlite::Error> for SignInError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(Box::new(error))
    }
}

impl From<ThreadEnded> for SignInError {
    fn from(ended: ThreadEnded) -> Self {
        Self::Storage(Box::new(ended))
    }
}

pub(super) fn open(path: &Path) -> Result<SqliteTables, SignInError> {
    let connection = connect_keys(path)?;
    let thread = SqliteThread::start(connection);
    let thread = thread.map_err(|error| SignInError::Storage(Box::new(error)))?;
    Ok(SqliteTables(thread))
}

/// Tables in an SQLite file.
pub(super) struct SqliteTables(SqliteThread);

#[async_trait]
impl Tables for SqliteTables {
    async fn prepare(&self) -> Result<(), SignInError> {
        self.0
            .call(|connection| Ok(connection.execute_batch(include_str!("sql/schema.sql"))?))
            .await
    }

    async fn transact(&self, batch: Vec<Asked>) -> Result<Vec<Vec<Line>>, SignInError> {
        self.0
            .call(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let answers = batch.iter().map(|asked| lines(&transaction, asked));
                let answers = answers.collect::<Result<_, SignInError>>()?;
                transaction.commit()?;
                Ok(answers)
            })
            .await
    }
}

fn lines(connection: &Connection, asked: &Asked) -> Result<Vec<Line>, SignInError> {
    let mut statement = connection.prepare_cached(asked.sql)?;
    bind(&mut statement, &asked.values)?;
    let columns = statement.column_count();
    let (mut rows, mut lines) = (statement.raw_query(), Vec::new());
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| match row.get_ref(column)? {
            ValueRef::Text(text) => {
                let text = std::str::from_utf8(text).map_err(|_| SignInError::Column(column))?;
                Ok(Value::from(text))
            },
            ValueRef::Integer(number) => Ok(Value::Int(number)),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => {
                Err(SignInError::Column(column))
            },
        });
        lines.push(Line(values.collect::<Result<_, SignInError>>()?));
    }
    Ok(lines)
}

/// By name: SQLite would number `$2` first where a text names it first.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), SignInError> {
    for (number, value) in (1_usize..).zip(values) {
        let Some(index) = statement.parameter_index(&format!("${number}"))? else {
            continue;
        };
        match value {
            Value::Text(text) => statement.raw_bind_parameter(index, text)?,
            Value::Int(number) => statement.raw_bind_parameter(index, number)?,
        }
    }
    Ok(())
}
