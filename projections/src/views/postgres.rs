//! The views in PostgreSQL.

use std::error::Error;
use std::mem;
use std::pin::pin;

use bytes::BytesMut;
use deadpool_postgres::{Pool, Transaction};
use futures::future::try_join_all;
use ledger_core::store::postgres::{Address, pool};
use ledger_core::task;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::{Row, Rows, Statement, Value, ViewsError, Write};

/// Most connections for views.
const CONNECTIONS_MAX: usize = 4;
/// Commits do not wait for the disk: a server that crashes loses the last of them, rows with their
/// checkpoints, and they are made again from the log. As `synchronous = NORMAL` in SQLite.
const UNHURRIED: (&str, &str) = ("synchronous_commit", "off");
/// Most statements on their way at once.
const PIPELINE_MAX: usize = 256;

fn storage(error: impl Error + Send + Sync + 'static) -> ViewsError {
    ViewsError::Storage(Box::new(error))
}

/// An error of a statement; one that only another process at the same work can cause is `Lost`.
fn failed(error: tokio_postgres::Error) -> ViewsError {
    if is_of_another_process(&error) {
        return ViewsError::Lost;
    }
    match error.as_db_error().filter(|error| is_of_data(error.code())) {
        // Its details would name the row's values.
        Some(error) => ViewsError::Refused(format!("{} {}", error.code().code(), error.message())),
        None => storage(error),
    }
}

/// Whether a row is the cause: classes 22 (data exception), 23 (integrity constraint) and 54 (program limit).
fn is_of_data(code: &SqlState) -> bool {
    ["22", "23", "54"]
        .iter()
        .any(|class| code.code().starts_with(class))
}

/// Whether tables appeared or went meanwhile, or two transactions met.
fn is_of_another_process(error: &tokio_postgres::Error) -> bool {
    const MEETING: [SqlState; 5] = [
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::UNDEFINED_TABLE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
    ];
    let Some(error) = error.as_db_error() else {
        return false;
    };
    // Two that make one table at once meet in the catalogue's own indexes.
    let in_catalogue = error.schema() == Some("pg_catalog");
    MEETING.contains(error.code()) || (*error.code() == SqlState::UNIQUE_VIOLATION && in_catalogue)
}

pub(super) fn open(address: &Address) -> Result<Pool, ViewsError> {
    let ledger = address.ledger();
    let search_path = format!("{ledger}_views,pg_temp");
    pool(address, &search_path, &[UNHURRIED], CONNECTIONS_MAX).map_err(storage)
}

pub(super) async fn query(pool: &Pool, asked: Statement) -> Result<Vec<Row>, ViewsError> {
    let client = pool.get().await.map_err(storage)?;
    let statement = client.prepare_cached(&asked.sql).await.map_err(failed)?;
    // A text may use fewer parameters than its caller offers.
    let offered = asked.parameters.iter().take(statement.params().len());
    let parameters = offered.map(bound).collect::<Vec<_>>();
    let rows = client
        .query(&statement, &parameters)
        .await
        .map_err(failed)?;
    Ok(rows.iter().map(decode).collect())
}

/// Writes as a task, so that whoever makes the next batch meanwhile keeps no row of this one waiting.
pub(super) async fn write(pool: &Pool, batch: Vec<Write>) -> Result<(), ViewsError> {
    let pool = pool.clone();
    task::run(async move { transact(&pool, batch).await })
        .await
        .map_err(storage)?
}

async fn transact(pool: &Pool, batch: Vec<Write>) -> Result<(), ViewsError> {
    let mut client = pool.get().await.map_err(storage)?;
    let transaction = client.transaction().await.map_err(storage)?;
    let mut waiting: Vec<Statement> = Vec::new();
    for part in batch {
        match part {
            Write::Statement(asked) => waiting.push(asked),
            Write::Rows(rows) => {
                execute_all(&transaction, &mem::take(&mut waiting)).await?;
                copy(&transaction, &rows).await?;
            },
        }
    }
    execute_all(&transaction, &waiting).await?;
    transaction.commit().await.map_err(failed)
}

async fn execute_all(transaction: &Transaction<'_>, batch: &[Statement]) -> Result<(), ViewsError> {
    // What is guarded is asked alone: nothing behind it may fail on what another process wrote.
    let parts = batch.chunk_by(|one, next| !one.guard && !next.guard);
    for part in parts.flat_map(|part| part.chunks(PIPELINE_MAX)) {
        understand(transaction, part).await?;
        let changed = try_join_all(part.iter().map(|asked| execute(transaction, asked))).await?;
        if part
            .iter()
            .zip(changed)
            .any(|(asked, changed)| asked.guard && changed != 1)
        {
            return Err(ViewsError::Lost);
        }
    }
    Ok(())
}

/// Copies rows in; the text that inserts one row tells the types of its values.
async fn copy(transaction: &Transaction<'_>, rows: &Rows) -> Result<(), ViewsError> {
    let statement = transaction
        .prepare_cached(&rows.insert)
        .await
        .map_err(failed)?;
    let sink = transaction.copy_in(&*rows.copy).await.map_err(failed)?;
    let writer = BinaryCopyInWriter::new(sink, statement.params());
    let mut writer = pin!(writer);
    for row in &rows.values {
        let row = row.iter().map(bound).collect::<Vec<_>>();
        writer.as_mut().write(&row).await.map_err(failed)?;
    }
    writer.finish().await.map(drop).map_err(failed)
}

/// Lets the server understand each text with parameters once, however many rows it writes.
async fn understand(transaction: &Transaction<'_>, part: &[Statement]) -> Result<(), ViewsError> {
    let mut texts: Vec<&str> = part
        .iter()
        .filter(|asked| is_repeated(asked))
        .map(sql)
        .collect();
    texts.sort_unstable();
    texts.dedup();
    for text in texts {
        transaction.prepare_cached(text).await.map_err(failed)?;
    }
    Ok(())
}

/// Whether a text comes again: one without parameters makes or drops a table.
const fn is_repeated(asked: &Statement) -> bool {
    !asked.parameters.is_empty()
}

fn sql(asked: &Statement) -> &str {
    &asked.sql
}

async fn execute(transaction: &Transaction<'_>, asked: &Statement) -> Result<u64, ViewsError> {
    let parameters = asked.parameters.iter().map(bound).collect::<Vec<_>>();
    let changed = if is_repeated(asked) {
        let statement = transaction
            .prepare_cached(&asked.sql)
            .await
            .map_err(failed)?;
        transaction.execute(&statement, &parameters).await
    } else {
        transaction.execute(&*asked.sql, &parameters).await
    };
    changed.map_err(failed)
}

pub(super) async fn prepare(pool: &Pool, asked: Statement) -> Result<(), ViewsError> {
    let client = pool.get().await.map_err(storage)?;
    client.prepare(&asked.sql).await.map(drop).map_err(storage)
}

fn bound(value: &Value) -> &(dyn ToSql + Sync) {
    value
}

fn decode(row: &tokio_postgres::Row) -> Row {
    let values = row.columns().iter().enumerate().map(|(index, column)| {
        let value = if *column.type_() == Type::INT8 {
            row.try_get::<_, Option<i64>>(index).map(Value::from)
        } else {
            row.try_get::<_, Option<String>>(index).map(Value::from)
        };
        value.unwrap_or(Value::Foreign("neither bigint nor text"))
    });
    Row(values.collect())
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Foreign(_) => Err(Box::new(ViewsError::Column(0))),
        }
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::INT8 || *ty == Type::TEXT
    }

    to_sql_checked!();
}
