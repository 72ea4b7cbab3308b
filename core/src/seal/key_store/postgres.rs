//! A key store in a PostgreSQL database of its own, for several machines.

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::{Manager, Pool};
use tokio_postgres::{Config, NoTls, Row};

use super::rows::{KeyRow, KeyRows, WrappedKeys};
use super::{KeyError, OpenKeysError};
use crate::id::{KeyId, LedgerId};
use crate::seal::{KeyEncryptionKey, Randomness};

/// Most connections to the key store; keys are remembered, so few are needed.
const CONNECTIONS_MAX: usize = 2;

/// A key store in a PostgreSQL database.
pub type PostgresKeys = WrappedKeys<PostgresRows>;

/// The rows of a key store in a PostgreSQL database.
pub struct PostgresRows(Pool);

impl PostgresKeys {
    /// Makes the tables of a new key store for the ledger of `kek`.
    ///
    /// # Errors
    /// [`OpenKeysError`] when there is one already or the database cannot be written.
    pub async fn create_database(
        config: Config,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        let rows = connect(config)?;
        if !exists(&rows).await? {
            let client = rows.0.get().await.map_err(store)?;
            let schema = include_str!("sql/postgres_schema.sql");
            client.batch_execute(schema).await.map_err(store)?;
        }
        Self::create(rows, kek, random).await
    }

    /// Opens the key store of the ledger of `kek`.
    ///
    /// # Errors
    /// [`OpenKeysError`] when there is none, or it is of another ledger or key.
    pub async fn open_database(
        config: Config,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        let rows = PostgresRows::open_database(config).await?;
        Self::open(rows, kek, random).await
    }
}

impl PostgresRows {
    /// Opens the rows of a key store as they are, wrapped, for which nobody needs the key-encryption key.
    ///
    /// # Errors
    /// [`OpenKeysError`] when there is none or the database does not answer.
    pub async fn open_database(config: Config) -> Result<Self, OpenKeysError> {
        let rows = connect(config)?;
        if exists(&rows).await? {
            Ok(rows)
        } else {
            Err(OpenKeysError::NotAKeyStore)
        }
    }

    /// Makes a key store with these rows, all or none.
    ///
    /// # Errors
    /// [`OpenKeysError::Used`] when there is one already; others when it cannot be written.
    pub async fn restore_database(
        config: Config,
        ledger: LedgerId,
        rows: &[KeyRow],
    ) -> Result<(), OpenKeysError> {
        let place = connect(config)?;
        if exists(&place).await? {
            return Err(OpenKeysError::Used);
        }
        let mut client = place.0.get().await.map_err(store)?;
        let transaction = client.transaction().await.map_err(store)?;
        let schema = include_str!("sql/postgres_schema.sql");
        transaction.batch_execute(schema).await.map_err(store)?;
        let bind = include_str!("sql/postgres_bind.sql");
        let bound = transaction.execute(bind, &[&ledger.uuid()]).await;
        bound.map_err(store)?;
        let sql = include_str!("sql/postgres_add.sql");
        let add = transaction.prepare(sql).await.map_err(store)?;
        for row in rows {
            let added = transaction
                .execute(&add, &[&row.id.uuid(), &row.scope, &row.wrapped])
                .await;
            added.map_err(store)?;
        }
        Ok(transaction.commit().await.map_err(store)?)
    }
}

fn connect(config: Config) -> Result<PostgresRows, KeyError> {
    let pool = Pool::builder(Manager::new(config, NoTls))
        .max_size(CONNECTIONS_MAX)
        .build();
    pool.map(PostgresRows).map_err(store)
}

async fn exists(rows: &PostgresRows) -> Result<bool, KeyError> {
    let client = rows.0.get().await.map_err(store)?;
    let found = client
        .query_one(include_str!("sql/postgres_exists.sql"), &[])
        .await;
    found.and_then(|row| row.try_get(0)).map_err(store)
}

fn store(error: impl std::error::Error + Send + Sync + 'static) -> KeyError {
    KeyError::Store(Box::new(error))
}

fn row(row: &Row) -> Result<KeyRow, KeyError> {
    let id = KeyId::new(row.try_get(0).map_err(store)?);
    let scope = row.try_get(1).map_err(store)?;
    Ok(KeyRow {
        id,
        scope,
        wrapped: row.try_get(2).map_err(store)?,
    })
}

#[async_trait]
impl KeyRows for PostgresRows {
    async fn ledger(&self) -> Result<Option<LedgerId>, KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let found = client
            .query_opt(include_str!("sql/postgres_ledger.sql"), &[])
            .await;
        let id = found.map_err(store)?.map(|row| row.try_get(0)).transpose();
        Ok(id.map_err(store)?.map(LedgerId::new))
    }

    async fn bind(&self, ledger: LedgerId) -> Result<(), KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let bound = client
            .execute(include_str!("sql/postgres_bind.sql"), &[&ledger.uuid()])
            .await;
        bound.map(drop).map_err(store)
    }

    async fn by_scope(&self, scope: &str) -> Result<Option<KeyRow>, KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let found = client
            .query_opt(include_str!("sql/postgres_by_scope.sql"), &[&scope])
            .await;
        found.map_err(store)?.as_ref().map(row).transpose()
    }

    async fn by_id(&self, id: KeyId) -> Result<Option<KeyRow>, KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let found = client
            .query_opt(include_str!("sql/postgres_by_id.sql"), &[&id.uuid()])
            .await;
        found.map_err(store)?.as_ref().map(row).transpose()
    }

    async fn add(&self, new: KeyRow) -> Result<(), KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let sql = include_str!("sql/postgres_add.sql");
        let added = client
            .execute(sql, &[&new.id.uuid(), &new.scope, &new.wrapped])
            .await;
        added.map(drop).map_err(store)
    }

    async fn all(&self) -> Result<Vec<KeyRow>, KeyError> {
        let client = self.0.get().await.map_err(store)?;
        let rows = client
            .query(include_str!("sql/postgres_all.sql"), &[])
            .await;
        rows.map_err(store)?.iter().map(row).collect()
    }
}
