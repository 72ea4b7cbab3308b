//! Makes a ledger's schemas, roles and functions, and looks at one that is there.

use deadpool_postgres::Pool;
use tokio_postgres::{Config, NoTls, Transaction};

use super::address::{Address, LedgerName};
use super::fault;
use crate::id::LedgerId;
use crate::proof::Frontier;
use crate::store::OpenError;
use crate::store::migrate::{Applied, Migration, pending};

const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "0001_log.sql",
    sql: include_str!("../../../migrations/postgres/0001_log.sql"),
}];

/// In the order in which they rest on each other; made anew each time.
const FUNCTIONS: &[&str] = &[
    include_str!("../../../functions/append_events.sql"),
    include_str!("../../../functions/take_lease.sql"),
    include_str!("../../../functions/release_lease.sql"),
    include_str!("../../../functions/forbid_change.sql"),
    include_str!("../../../functions/triggers.sql"),
];

/// Makes a new ledger with an administrator's login: the log in a schema of its own, owned by a role
/// that nobody signs in with, and a schema for the kept views, owned by `app_role`, which is made
/// when it is missing. All in one transaction.
///
/// # Errors
/// [`OpenError::Exists`] when the schema is there already; others when the login may not do it.
pub async fn create(
    address: &Address,
    ledger: LedgerId,
    app_role: &LedgerName,
) -> Result<(), OpenError> {
    let config: Config = address.config_for("pg_catalog");
    let (mut client, connection) = config.connect(NoTls).await.map_err(fault::open)?;
    let work = async {
        let transaction = client.transaction().await.map_err(fault::open)?;
        fill(&transaction, address.ledger(), ledger, app_role).await?;
        transaction.commit().await.map_err(fault::open)
    };
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => done,
        ended = connection => {
            ended.map_err(fault::open)?;
            work.await
        },
    }
}

async fn fill(
    transaction: &Transaction<'_>,
    name: &LedgerName,
    ledger: LedgerId,
    app_role: &LedgerName,
) -> Result<(), OpenError> {
    let sql = include_str!("sql/schema_exists.sql");
    let there = transaction
        .query_one(sql, &[&name.to_string()])
        .await
        .map_err(fault::open)?;
    if there.try_get(0).map_err(fault::open)? {
        return Err(OpenError::Exists);
    }
    let run = async |sql: &str| {
        let sql = name.fill(sql, app_role);
        transaction.batch_execute(&sql).await.map_err(fault::open)
    };
    run(include_str!("../../../privileges/roles.sql")).await?;
    run(include_str!("sql/become_owner.sql")).await?;
    run(include_str!("sql/migration_table.sql")).await?;
    for migration in MIGRATIONS {
        run(migration.sql).await?;
        let version = i32::try_from(migration.version).unwrap_or(i32::MAX);
        let row = (version, migration.name, migration.sha256());
        let sql = include_str!("sql/migration_new.sql");
        transaction
            .execute(sql, &[&row.0, &row.1, &row.2])
            .await
            .map_err(fault::open)?;
    }
    for function in FUNCTIONS {
        run(function).await?;
    }
    run(include_str!("../../../privileges/app.sql")).await?;
    let sql = include_str!("sql/head_new.sql");
    let edge = Frontier::default().to_bytes();
    transaction
        .execute(sql, &[&ledger.uuid(), &edge])
        .await
        .map_err(fault::open)?;
    Ok(())
}

/// Which ledger is there, whether this program knows its schema, and whether the login owns it.
pub(super) async fn look_at(address: &Address, pool: &Pool) -> Result<(LedgerId, bool), OpenError> {
    let client = pool.get().await.map_err(fault::open)?;
    let rows = client
        .query(include_str!("sql/migration_list.sql"), &[])
        .await;
    let mut applied = Vec::new();
    for row in rows.map_err(fault::open)? {
        let version: i32 = row.try_get(0).map_err(fault::open)?;
        let version = u32::try_from(version).unwrap_or(u32::MAX);
        applied.push(Applied {
            version,
            sha256: row.try_get(1).map_err(fault::open)?,
        });
    }
    if !pending(MIGRATIONS, &applied)?.is_empty() {
        return Err(OpenError::NotALedger);
    }
    let head = client
        .query_one(include_str!("sql/head.sql"), &[])
        .await
        .map_err(fault::open)?;
    let ledger = LedgerId::new(head.try_get(0).map_err(fault::open)?);
    let owner = format!("{}_owner", address.ledger());
    let row = client
        .query_one(include_str!("sql/elevated.sql"), &[&owner])
        .await;
    Ok((
        ledger,
        row.and_then(|row| row.try_get(0)).map_err(fault::open)?,
    ))
}
