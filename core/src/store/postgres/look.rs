//! Looks at what an address names: a ledger that this program can work with, and with what rights.

use tokio_postgres::Row;

use super::address::Address;
use super::create::{MIGRATIONS, migrations};
use super::fault;
use super::link::{Link, Parameters};
use super::links::Links;
use super::row;
use crate::id::LedgerId;
use crate::store::OpenError;
use crate::store::migrate::pending;

/// What was found.
pub(super) struct Found {
    /// The ledger's id.
    pub(super) ledger: LedgerId,
    /// Whether the login owns the log or is a superuser.
    pub(super) elevated: bool,
    /// Whether the server keeps what it commits through a power cut.
    pub(super) durable: bool,
}

/// The ledger is older than this program.
#[derive(Debug, thiserror::Error)]
#[error("an older program made the ledger; bring it up to date with an administrator's login")]
struct Outdated;

/// The role may not look into the ledger's schema.
#[derive(Debug, thiserror::Error)]
#[error("the role may not use the ledger's schema")]
struct NoUsage;

/// Looks at the ledger, and warns of what endangers it.
pub(super) async fn look_at(address: &Address, links: &Links) -> Result<Found, OpenError> {
    let mut link = links.lend().await.map_err(fault::open)?;
    let name = address.ledger().to_string();
    let there = one(&mut link, include_str!("sql/schema_exists.sql"), &[&name]).await?;
    if !there.try_get(0).map_err(fault::open)? {
        return Err(OpenError::NotFound);
    }
    let usable = one(&mut link, include_str!("sql/schema_usable.sql"), &[&name]).await?;
    if !usable.try_get(0).map_err(fault::open)? {
        let source = Box::new(NoUsage);
        return Err(OpenError::Refused { source });
    }
    let sql = include_str!("sql/migration_list.sql");
    let applied = match link.query(sql, &[]).await.map_err(fault::open) {
        Err(OpenError::NotFound) => Err(OpenError::NotALedger),
        rows => rows.and_then(migrations),
    };
    if !pending(MIGRATIONS, &applied?)?.is_empty() {
        let source = Box::new(Outdated);
        return Err(OpenError::Storage { source });
    }
    let head = one(&mut link, include_str!("sql/head.sql"), &[]).await?;
    let (sql, owner) = (
        include_str!("sql/rights_and_safety.sql"),
        format!("{name}_owner"),
    );
    let row = one(&mut link, sql, &[&owner]).await?;
    let found = Found {
        ledger: LedgerId::new(head.try_get(0).map_err(fault::open)?),
        elevated: row.try_get(0).map_err(fault::open)?,
        durable: row.try_get(1).map_err(fault::open)?,
    };
    if !found.durable {
        tracing::warn!(
            "the server runs with fsync or full_page_writes off: a power cut may lose events"
        );
    }
    if address.is_overheard() {
        tracing::warn!(
            "the connection to the database server is not encrypted; add sslmode=require"
        );
    }
    Ok(found)
}

/// The one row of a statement.
async fn one(
    link: &mut Link,
    sql: &'static str,
    parameters: &Parameters<'_>,
) -> Result<Row, OpenError> {
    let rows = link.query(sql, parameters).await.map_err(fault::open)?;
    row::only(rows).map_err(|source| OpenError::Storage {
        source: Box::new(source),
    })
}
