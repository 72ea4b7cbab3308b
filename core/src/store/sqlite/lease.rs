//! Leases by the database's clock.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use crate::sqlite::ThreadEnded;
use crate::store::lease::{Lease, LeaseError};

impl From<rusqlite::Error> for LeaseError {
    fn from(error: rusqlite::Error) -> Self {
        Self(Box::new(error))
    }
}

impl From<ThreadEnded> for LeaseError {
    fn from(ended: ThreadEnded) -> Self {
        Self(Box::new(ended))
    }
}

pub(super) fn take(
    connection: &Connection,
    name: &str,
    holder: Uuid,
    time: Duration,
) -> Result<Lease, LeaseError> {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let sql = include_str!("sql/lease_take.sql");
    let taken: Option<i64> = connection
        .query_row(sql, (name, holder.as_bytes(), millis), |row| row.get(0))
        .optional()?;
    if let Some(epoch) = taken {
        return Ok(Lease::Held {
            epoch: u64::try_from(epoch).unwrap_or(0),
        });
    }
    let sql = include_str!("sql/lease_left.sql");
    let left: Option<i64> = connection
        .query_row(sql, [name], |row| row.get(0))
        .optional()?;
    let left = Duration::from_millis(u64::try_from(left.unwrap_or(0)).unwrap_or(0));
    Ok(Lease::HeldByAnother { left })
}

pub(super) fn release(connection: &Connection, name: &str, holder: Uuid) -> Result<(), LeaseError> {
    connection.execute(
        include_str!("sql/lease_release.sql"),
        (name, holder.as_bytes()),
    )?;
    Ok(())
}
