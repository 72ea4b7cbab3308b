//! Sign-ins in the PostgreSQL database of the keys.

use async_trait::async_trait;
use deadpool_postgres::{Client, Manager, Pool, Transaction};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Config, NoTls, Row};

use super::SignInError;
use super::table::{Asked, Line, Tables, Value};

/// Most connections: a session is looked up with every page, in one short transaction.
const CONNECTIONS_MAX: usize = 4;

fn storage(error: impl std::error::Error + Send + Sync + 'static) -> SignInError {
    SignInError::Storage(Box::new(error))
}

pub(super) fn open(config: Config) -> Result<PostgresTables, SignInError> {
    let pool = Pool::builder(Manager::new(config, NoTls)).max_size(CONNECTIONS_MAX);
    pool.build().map(PostgresTables).map_err(storage)
}

/// Tables in a PostgreSQL database.
pub(super) struct PostgresTables(Pool);

#[async_trait]
impl Tables for PostgresTables {
    async fn prepare(&self) -> Result<(), SignInError> {
        let client = self.0.get().await.map_err(storage)?;
        if exist(&client).await? {
            return Ok(());
        }
        match client.batch_execute(include_str!("sql/schema.sql")).await {
            // Of two programs that make them at once, one fails in the catalogue.
            Err(_) if exist(&client).await? => Ok(()),
            made => made.map_err(storage),
        }
    }

    async fn transact(&self, batch: Vec<Asked>) -> Result<Vec<Vec<Line>>, SignInError> {
        let mut client = self.0.get().await.map_err(storage)?;
        let transaction = client.transaction().await.map_err(storage)?;
        let mut answers = Vec::with_capacity(batch.len());
        for asked in &batch {
            answers.push(lines(&transaction, asked).await?);
        }
        transaction.commit().await.map_err(storage)?;
        Ok(answers)
    }
}

async fn exist(client: &Client) -> Result<bool, SignInError> {
    let found = client.query_one(include_str!("sql/postgres_exists.sql"), &[]);
    found.await.and_then(|row| row.try_get(0)).map_err(storage)
}

async fn lines(transaction: &Transaction<'_>, asked: &Asked) -> Result<Vec<Line>, SignInError> {
    let statement = transaction
        .prepare_cached(asked.sql)
        .await
        .map_err(storage)?;
    let values: Vec<&(dyn ToSql + Sync)> = asked.values.iter().map(bound).collect();
    let rows = transaction.query(&statement, &values).await;
    rows.map_err(storage)?.iter().map(line).collect()
}

fn bound(value: &Value) -> &(dyn ToSql + Sync) {
    match value {
        Value::Text(text) => text,
        Value::Int(number) => number,
    }
}

fn line(row: &Row) -> Result<Line, SignInError> {
    let columns = row.columns().iter().enumerate();
    let values = columns.map(|(column, described)| {
        if *described.type_() == Type::INT8 {
            row.try_get(column).map(Value::Int).map_err(storage)
        } else {
            row.try_get(column).map(Value::Text).map_err(storage)
        }
    });
    values.collect::<Result<_, _>>().map(Line)
}
