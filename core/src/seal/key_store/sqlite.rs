//! A key store in an SQLite file of its own, where deleted keys are overwritten on disk.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension as _, Row, TransactionBehavior,
};

use super::rows::{KeyRow, KeyRows, WrappedKeys};
use super::{KeyError, OpenKeysError};
use crate::id::{KeyId, LedgerId};
use crate::seal::{KeyEncryptionKey, Randomness};
use crate::sqlite::{SqliteThread, ThreadEnded};

/// How long a call waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// A key store in an SQLite file.
pub type SqliteKeys = WrappedKeys<SqliteRows>;

/// The rows of a key store in an SQLite file.
pub struct SqliteRows(SqliteThread);

impl SqliteKeys {
    /// Makes a new key store for the ledger of `kek`, readable by its owner alone.
    ///
    /// A file without anything in it, as a program leaves it that was killed here, is filled.
    ///
    /// # Errors
    /// [`OpenKeysError::Exists`] when there is a file already; others when it cannot be written.
    pub async fn create_file(
        path: &Path,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        let connection = make(path, kek.ledger(), &[])?;
        Self::open(start(connection)?, kek, random).await
    }

    /// Opens the key store of the ledger of `kek`.
    ///
    /// # Errors
    /// [`OpenKeysError`] when the file is missing, something else, or of another ledger or key.
    pub async fn open_file(
        path: &Path,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        Self::open(SqliteRows::open_file(path)?, kek, random).await
    }
}

impl SqliteRows {
    /// Opens the rows of a key store as they are, wrapped, for which nobody needs the key-encryption key.
    ///
    /// # Errors
    /// [`OpenKeysError`] when the file is missing or something else.
    pub fn open_file(path: &Path) -> Result<Self, OpenKeysError> {
        if !path.exists() {
            return Err(OpenKeysError::Missing(path.to_owned()));
        }
        let connection = connect(path).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => OpenKeysError::NotAKeyStore,
            _ => store(error).into(),
        })?;
        if connection
            .prepare(include_str!("sql/sqlite_ledger.sql"))
            .is_err()
        {
            return Err(OpenKeysError::NotAKeyStore);
        }
        start(connection)
    }

    /// Makes a key store with these rows, all or none, as [`SqliteKeys::create_file`] makes an empty one.
    ///
    /// # Errors
    /// [`OpenKeysError::Exists`] when there is a file already; others when it cannot be written.
    pub fn restore_file(
        path: &Path,
        ledger: LedgerId,
        rows: &[KeyRow],
    ) -> Result<(), OpenKeysError> {
        make(path, ledger, rows).map(drop)
    }
}

/// Makes a key store in a new file or a blank one.
fn make(path: &Path, ledger: LedgerId, rows: &[KeyRow]) -> Result<Connection, OpenKeysError> {
    private_file(path)?;
    let exists = || OpenKeysError::Exists(path.to_owned());
    let mut connection = plain(path).map_err(store)?;
    if !is_blank(&connection) {
        return Err(exists());
    }
    configure(&connection).map_err(store)?;
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Exclusive)
        .map_err(store)?;
    // Of two programs at once, the second waits and then finds keys.
    if !is_blank(&transaction) {
        return Err(exists());
    }
    fill(&transaction, ledger, rows)
        .and_then(|()| transaction.commit())
        .map_err(store)?;
    Ok(connection)
}

fn fill(connection: &Connection, ledger: LedgerId, rows: &[KeyRow]) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("sql/sqlite_schema.sql"))?;
    let sql = include_str!("sql/sqlite_bind.sql");
    connection.execute(sql, [ledger.uuid().as_bytes()])?;
    let mut statement = connection.prepare(include_str!("sql/sqlite_add.sql"))?;
    for row in rows {
        statement.execute((row.id.uuid().as_bytes(), &row.scope, &row.wrapped))?;
    }
    Ok(())
}

/// Makes the file where there is none, readable by its owner alone.
fn private_file(path: &Path) -> Result<(), OpenKeysError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(KeyError::Store(Box::new(error)).into())
        },
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether a file is a database with nothing in it.
fn is_blank(connection: &Connection) -> bool {
    let sql = include_str!("sql/sqlite_objects.sql");
    let objects: rusqlite::Result<i64> = connection.query_row(sql, [], |row| row.get(0));
    matches!(objects, Ok(0))
}

fn plain(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// A rollback journal, not a write-ahead log: a destroyed key must not live on in a log file.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("sql/sqlite_pragmas.sql"))
}

/// A connection to the file of a key store, for whatever is kept beside the keys.
pub(crate) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = plain(path)?;
    configure(&connection)?;
    Ok(connection)
}

fn start(connection: Connection) -> Result<SqliteRows, OpenKeysError> {
    let thread =
        SqliteThread::start(connection).map_err(|error| KeyError::Store(Box::new(error)))?;
    Ok(SqliteRows(thread))
}

fn store(error: rusqlite::Error) -> KeyError {
    KeyError::Store(Box::new(error))
}

impl From<ThreadEnded> for KeyError {
    fn from(ended: ThreadEnded) -> Self {
        Self::Store(Box::new(ended))
    }
}

fn row(row: &Row<'_>) -> rusqlite::Result<KeyRow> {
    let id: [u8; 16] = row.get(0)?;
    let id = KeyId::new(uuid::Uuid::from_bytes(id));
    Ok(KeyRow {
        id,
        scope: row.get(1)?,
        wrapped: row.get(2)?,
    })
}

#[async_trait]
impl KeyRows for SqliteRows {
    async fn ledger(&self) -> Result<Option<LedgerId>, KeyError> {
        self.0
            .call(|connection| {
                let sql = include_str!("sql/sqlite_ledger.sql");
                let found = connection
                    .query_row(sql, [], |row| row.get::<_, [u8; 16]>(0))
                    .optional();
                Ok(found
                    .map_err(store)?
                    .map(|id| LedgerId::new(uuid::Uuid::from_bytes(id))))
            })
            .await
    }

    async fn bind(&self, ledger: LedgerId) -> Result<(), KeyError> {
        self.0
            .call(move |connection| {
                let sql = include_str!("sql/sqlite_bind.sql");
                connection
                    .execute(sql, [ledger.uuid().as_bytes()])
                    .map(drop)
                    .map_err(store)
            })
            .await
    }

    async fn by_scope(&self, scope: &str) -> Result<Option<KeyRow>, KeyError> {
        let scope = scope.to_owned();
        self.0
            .call(move |connection| {
                let sql = include_str!("sql/sqlite_by_scope.sql");
                connection
                    .query_row(sql, [scope], row)
                    .optional()
                    .map_err(store)
            })
            .await
    }

    async fn by_id(&self, id: KeyId) -> Result<Option<KeyRow>, KeyError> {
        self.0
            .call(move |connection| {
                let sql = include_str!("sql/sqlite_by_id.sql");
                connection
                    .query_row(sql, [id.uuid().as_bytes()], row)
                    .optional()
                    .map_err(store)
            })
            .await
    }

    async fn add(&self, new: KeyRow) -> Result<(), KeyError> {
        self.0
            .call(move |connection| {
                let sql = include_str!("sql/sqlite_add.sql");
                let parameters = (new.id.uuid().into_bytes(), new.scope, new.wrapped);
                connection.execute(sql, parameters).map(drop).map_err(store)
            })
            .await
    }

    async fn all(&self) -> Result<Vec<KeyRow>, KeyError> {
        self.0
            .call(|connection| {
                let rows = connection
                    .prepare(include_str!("sql/sqlite_all.sql"))
                    .and_then(|mut statement| statement.query_map([], row)?.collect());
                rows.map_err(store)
            })
            .await
    }
}
