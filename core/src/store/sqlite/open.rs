//! Makes and opens the file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::volume;
use crate::id::LedgerId;
use crate::proof::Frontier;
use crate::sqlite::SqliteThread;
use crate::store::OpenError;
use crate::store::migrate::{Applied, Migration, pending};

/// How long a call waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "0001_log.sql",
        sql: include_str!("../../../migrations/sqlite/0001_log.sql"),
    },
    Migration {
        version: 2,
        name: "0002_no_replace.sql",
        sql: include_str!("../../../migrations/sqlite/0002_no_replace.sql"),
    },
];

pub(super) fn create(path: &Path, ledger: LedgerId) -> Result<(), OpenError> {
    let mut connection = unused(path)?;
    configure(&connection).map_err(storage)?;
    let transaction = begin(&mut connection)?;
    let edge = Frontier::default().to_bytes();
    transaction
        .execute(
            include_str!("sql/head_new.sql"),
            (ledger.uuid().as_bytes(), edge),
        )
        .map_err(storage)?;
    transaction.commit().map_err(storage)
}

/// Opens a new file, or one without anything in it.
pub(super) fn unused(path: &Path) -> Result<Connection, OpenError> {
    volume::refuse_network(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(storage)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(storage)?;
    refuse_used(&connection)?;
    Ok(connection)
}

/// Begins to make a ledger, whose tables are there then, but for its head's row.
pub(super) fn begin(connection: &mut Connection) -> Result<Transaction<'_>, OpenError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Exclusive)
        .map_err(storage)?;
    // Of two programs at once, the second waits and then finds a ledger.
    refuse_used(&transaction)?;
    migrate(&transaction)?;
    Ok(transaction)
}

/// A file with anything in it is left alone; an empty one, or a database without a table, is what a
/// program leaves that was killed before its ledger stood there.
fn refuse_used(connection: &Connection) -> Result<(), OpenError> {
    let sql = include_str!("sql/objects.sql");
    let objects: rusqlite::Result<i64> = connection.query_row(sql, [], |row| row.get(0));
    match objects {
        Ok(0) => Ok(()),
        Ok(_) => Err(OpenError::Exists),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Err(OpenError::Exists)
        },
        Err(error) => Err(storage(error)),
    }
}

/// Opens the file, brings its schema up to date, and says which ledger it is.
///
/// A schema that is up to date is only read, so that a file without write permission opens.
pub(super) fn open(path: &Path) -> Result<(LedgerId, Connection), OpenError> {
    let mut connection = connect(path)?;
    if !pending(MIGRATIONS, &applied(&connection).map_err(storage)?)?.is_empty() {
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(storage)?;
        migrate(&transaction)?;
        transaction.commit().map_err(storage)?;
    }
    let sql = include_str!("sql/head.sql");
    let ledger: [u8; 16] = connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|_| OpenError::NotALedger)?;
    Ok((LedgerId::new(uuid::Uuid::from_bytes(ledger)), connection))
}

/// Opens another connection to the file.
pub(super) fn connect(path: &Path) -> Result<Connection, OpenError> {
    if !path.exists() {
        return Err(OpenError::NotFound);
    }
    volume::refuse_network(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = crate::sqlite::open(path, flags).map_err(storage)?;
    let tables: rusqlite::Result<i64> =
        connection.query_row(include_str!("sql/is_ledger.sql"), [], |row| row.get(0));
    match tables {
        Ok(2) => {},
        Ok(_) => return Err(OpenError::NotALedger),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(OpenError::NotALedger);
        },
        Err(error) => return Err(storage(error)),
    }
    configure(&connection).map_err(storage)?;
    Ok(connection)
}

pub(super) fn thread(connection: Connection) -> Result<SqliteThread, OpenError> {
    SqliteThread::start(connection).map_err(|source| OpenError::Storage {
        source: Box::new(source),
    })
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(include_str!("sql/pragmas.sql"))
}

fn migrate(connection: &Connection) -> Result<(), OpenError> {
    connection
        .execute_batch(include_str!("sql/migration_table.sql"))
        .map_err(storage)?;
    let applied = applied(connection).map_err(storage)?;
    for migration in pending(MIGRATIONS, &applied)? {
        connection.execute_batch(migration.sql).map_err(storage)?;
        let row = (migration.version, migration.name, migration.sha256());
        let sql = include_str!("sql/migration_new.sql");
        connection.execute(sql, row).map_err(storage)?;
    }
    Ok(())
}

fn applied(connection: &Connection) -> rusqlite::Result<Vec<Applied>> {
    let mut statement = connection.prepare(include_str!("sql/migration_list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok(Applied {
            version: row.get(0)?,
            sha256: row.get(2)?,
        })
    })?;
    rows.collect()
}

pub(super) fn storage(error: rusqlite::Error) -> OpenError {
    OpenError::Storage {
        source: Box::new(error),
    }
}
