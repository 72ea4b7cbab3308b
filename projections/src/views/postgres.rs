//! The views in PostgreSQL.

use std::error::Error;

use bytes::BytesMut;
use deadpool_postgres::Pool;
use futures::future::try_join_all;
use ledger_core::store::postgres::{Address, pool};
use tokio_postgres::Transaction;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::{Row, Statement, Value, ViewsError};

/// Most connections for views.
const CONNECTIONS_MAX: usize = 4;
/// Most statements on their way at once.
const PIPELINE_MAX: usize = 256;

fn storage(error: impl Error + Send + Sync + 'static) -> ViewsError {
    ViewsError::Storage(Box::new(error))
}

pub(super) fn open(address: &Address) -> Result<Pool, ViewsError> {
    let ledger = address.ledger();
    let search_path = format!("{ledger}_views,pg_temp");
    pool(address, &search_path, CONNECTIONS_MAX).map_err(storage)
}

pub(super) async fn query(pool: &Pool, asked: Statement) -> Result<Vec<Row>, ViewsError> {
    let client = pool.get().await.map_err(storage)?;
    let statement = client.prepare_cached(&asked.sql).await.map_err(storage)?;
    // A text may use fewer parameters than its caller offers.
    let offered = asked.parameters.iter().take(statement.params().len());
    let parameters = offered.map(bound).collect::<Vec<_>>();
    let rows = client
        .query(&statement, &parameters)
        .await
        .map_err(storage)?;
    rows.iter().map(decode).collect()
}

pub(super) async fn write(pool: &Pool, batch: Vec<Statement>) -> Result<(), ViewsError> {
    let mut client = pool.get().await.map_err(storage)?;
    let transaction = client.transaction().await.map_err(storage)?;
    for part in batch.chunks(PIPELINE_MAX) {
        let transaction: &Transaction<'_> = &transaction;
        let changed = try_join_all(part.iter().map(|asked| execute(transaction, asked))).await?;
        if part
            .iter()
            .zip(changed)
            .any(|(asked, changed)| asked.guard && changed != 1)
        {
            return Err(ViewsError::Lost);
        }
    }
    transaction.commit().await.map_err(storage)
}

async fn execute(transaction: &Transaction<'_>, asked: &Statement) -> Result<u64, ViewsError> {
    let parameters = asked.parameters.iter().map(bound).collect::<Vec<_>>();
    transaction
        .execute(&asked.sql, &parameters)
        .await
        .map_err(storage)
}

pub(super) async fn prepare(pool: &Pool, asked: Statement) -> Result<(), ViewsError> {
    let client = pool.get().await.map_err(storage)?;
    client.prepare(&asked.sql).await.map(drop).map_err(storage)
}

fn bound(value: &Value) -> &(dyn ToSql + Sync) {
    value
}

fn decode(row: &tokio_postgres::Row) -> Result<Row, ViewsError> {
    let values = row.columns().iter().enumerate().map(|(index, column)| {
        if *column.type_() == Type::INT8 {
            row.try_get::<_, Option<i64>>(index)
                .map(Value::from)
                .map_err(storage)
        } else {
            row.try_get::<_, Option<String>>(index)
                .map(Value::from)
                .map_err(storage)
        }
    });
    values.collect::<Result<_, _>>().map(Row)
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
        }
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::INT8 || *ty == Type::TEXT
    }

    to_sql_checked!();
}
