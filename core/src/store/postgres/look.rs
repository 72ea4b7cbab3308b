//! Looks at what an address names: a ledger that this program can work with, and with what rights.

use deadpool_postgres::Pool;

use super::address::Address;
use super::create::{MIGRATIONS, applied};
use super::fault;
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
pub(super) async fn look_at(address: &Address, pool: &Pool) -> Result<Found, OpenError> {
    let client = pool.get().await.map_err(fault::open)?;
    let name = address.ledger().to_string();
    let there = client
        .query_one(include_str!("sql/schema_exists.sql"), &[&name])
        .await
        .map_err(fault::open)?;
    if !there.try_get(0).map_err(fault::open)? {
        return Err(OpenError::NotFound);
    }
    let usable = client
        .query_one(include_str!("sql/schema_usable.sql"), &[&name])
        .await
        .map_err(fault::open)?;
    if !usable.try_get(0).map_err(fault::open)? {
        let source = Box::new(NoUsage);
        return Err(OpenError::Refused { source });
    }
    let applied = match applied(&client).await {
        Err(OpenError::NotFound) => Err(OpenError::NotALedger),
        other => other,
    };
    if !pending(MIGRATIONS, &applied?)?.is_empty() {
        let source = Box::new(Outdated);
        return Err(OpenError::Storage { source });
    }
    let head = client
        .query_one(include_str!("sql/head.sql"), &[])
        .await
        .map_err(fault::open)?;
    let row = client
        .query_one(
            include_str!("sql/rights_and_safety.sql"),
            &[&format!("{name}_owner")],
        )
        .await
        .map_err(fault::open)?;
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
