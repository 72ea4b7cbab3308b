//! Makes a ledger's schemas, roles and functions, and brings those of an older program up to date.

use deadpool_postgres::{Object, Transaction};
use tokio_postgres::Row;

use super::address::{Address, LedgerName};
use super::{connect, fault};
use crate::id::LedgerId;
use crate::proof::Frontier;
use crate::store::OpenError;
use crate::store::migrate::{Applied, Migration, pending};

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "0001_log.sql",
    sql: include_str!("../../../migrations/postgres/0001_log.sql"),
}];

/// In the order in which they rest on each other; made anew each time. One whose parameters change
/// comes with a migration that drops the old one, by which a ledger without it is told.
const FUNCTIONS: &[&str] = &[
    include_str!("../../../functions/append_events.sql"),
    include_str!("../../../functions/take_lease.sql"),
    include_str!("../../../functions/release_lease.sql"),
    include_str!("../../../functions/forbid_change.sql"),
    include_str!("../../../functions/triggers.sql"),
];

/// Makes a new ledger with an administrator's login: the log in a schema of its own, owned by a role
/// that nobody signs in with, and a schema for the kept views, owned by `app_role`. All in one
/// transaction.
///
/// A missing `app_role` is made with the right to sign in and without a password, so that it can be
/// used where the server knows its users otherwise (a socket's peer, a certificate), and over a
/// network only after `ALTER ROLE … PASSWORD`.
///
/// # Errors
/// [`OpenError::Exists`] when the schema is there already; others when the login may not do it.
pub async fn create(
    address: &Address,
    ledger: LedgerId,
    app_role: &LedgerName,
) -> Result<(), OpenError> {
    let mut client = administrator(address).await?;
    let transaction = client.transaction().await.map_err(fault::open)?;
    begin(&transaction, address.ledger(), app_role).await?;
    let edge = Frontier::default().to_bytes();
    transaction
        .execute(include_str!("sql/head_new.sql"), &[&ledger.uuid(), &edge])
        .await
        .map_err(fault::open)?;
    transaction.commit().await.map_err(fault::open)
}

/// Begins to make a ledger, whose roles, tables and functions are there then, but for its head's row; the
/// transaction goes on as the log's owner.
pub(super) async fn begin(
    transaction: &Transaction<'_>,
    name: &LedgerName,
    app_role: &LedgerName,
) -> Result<(), OpenError> {
    if exists(transaction, name).await? {
        return Err(OpenError::Exists);
    }
    let work = Work {
        transaction,
        name,
        app_role,
    };
    work.run(include_str!("../../../privileges/roles.sql"))
        .await?;
    work.run(include_str!("sql/become_owner.sql")).await?;
    work.run(include_str!("sql/migration_table.sql")).await?;
    work.apply(MIGRATIONS).await
}

/// Brings a ledger that an older program made up to date, with an administrator's login: applies what
/// is missing and makes all functions and rights anew, in one transaction. Events are not touched.
///
/// # Errors
/// [`OpenError::NotFound`] without a ledger, [`OpenError::NewerSchema`] when a newer program was here,
/// [`OpenError::EditedMigration`] when an applied file is not this program's, [`OpenError::Refused`]
/// when the login may not do it.
pub async fn migrate(address: &Address) -> Result<(), OpenError> {
    let name = address.ledger();
    let mut client = administrator(address).await?;
    let transaction = client.transaction().await.map_err(fault::open)?;
    if !exists(&transaction, name).await? {
        return Err(OpenError::NotFound);
    }
    let owner = transaction
        .query_opt(
            include_str!("sql/owner_of_schema.sql"),
            &[&format!("{name}_views")],
        )
        .await
        .map_err(fault::open)?
        .ok_or(OpenError::NotALedger)?;
    let app_role: String = owner.try_get(0).map_err(fault::open)?;
    let work = Work {
        transaction: &transaction,
        name,
        app_role: &LedgerName::new(&app_role)?,
    };
    work.run(include_str!("sql/become_owner.sql")).await?;
    // Of two programs that migrate at once, the second waits and then finds nothing missing.
    work.run(include_str!("sql/migration_lock.sql")).await?;
    let applied = applied(&transaction).await?;
    work.apply(pending(MIGRATIONS, &applied)?).await?;
    transaction.commit().await.map_err(fault::open)
}

pub(super) async fn administrator(address: &Address) -> Result<Object, OpenError> {
    let pool = connect::administrator(address)?;
    pool.get().await.map_err(fault::open)
}

async fn exists(transaction: &Transaction<'_>, name: &LedgerName) -> Result<bool, OpenError> {
    let sql = include_str!("sql/schema_exists.sql");
    let there = transaction.query_one(sql, &[&name.to_string()]).await;
    there.and_then(|row| row.try_get(0)).map_err(fault::open)
}

/// The migrations that the ledger remembers, in their order.
async fn applied(client: &Transaction<'_>) -> Result<Vec<Applied>, OpenError> {
    let rows = client
        .query(include_str!("sql/migration_list.sql"), &[])
        .await
        .map_err(fault::open)?;
    migrations(rows)
}

/// The migrations in these rows.
pub(super) fn migrations(rows: Vec<Row>) -> Result<Vec<Applied>, OpenError> {
    let decode = |row: Row| {
        let version: i32 = row.try_get(0).map_err(fault::open)?;
        Ok(Applied {
            version: u32::try_from(version).unwrap_or(u32::MAX),
            sha256: row.try_get(1).map_err(fault::open)?,
        })
    };
    rows.into_iter().map(decode).collect()
}

/// One ledger's transaction that changes its schema.
struct Work<'a> {
    transaction: &'a Transaction<'a>,
    name: &'a LedgerName,
    app_role: &'a LedgerName,
}

impl Work<'_> {
    async fn run(&self, sql: &str) -> Result<(), OpenError> {
        let sql = self.name.fill(sql, self.app_role);
        let run = self.transaction.batch_execute(&sql).await;
        run.map_err(fault::open)
    }

    /// Applies these migrations, then makes functions and rights anew.
    async fn apply(&self, migrations: &[Migration]) -> Result<(), OpenError> {
        for migration in migrations {
            self.run(migration.sql).await?;
            let version = i32::try_from(migration.version).unwrap_or(i32::MAX);
            let sha256 = migration.sha256();
            self.transaction
                .execute(
                    include_str!("sql/migration_new.sql"),
                    &[&version, &migration.name, &sha256],
                )
                .await
                .map_err(fault::open)?;
        }
        for function in FUNCTIONS {
            self.run(function).await?;
        }
        self.run(include_str!("../../../privileges/app.sql")).await
    }
}
