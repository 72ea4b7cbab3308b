//! Leases by the database's clock.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use crate::sqlite::ThreadEnded;
use crate::store::lease::{HeldLease, Lease, LeaseError};
use crate::time::Timestamp;

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

pub(super) fn held(connection: &Connection) -> Result<Vec<HeldLease>, LeaseError> {
    let mut found = connection.prepare(include_str!("sql/leases.sql"))?;
    let mut rows = found.query([])?;
    let mut held = Vec::new();
    while let Some(row) = rows.next()? {
        let (holder, until): (Vec<u8>, i64) = (row.get(1)?, row.get(3)?);
        let holder = Uuid::from_slice(&holder).map_err(|error| LeaseError(Box::new(error)))?;
        let until = Timestamp::from_micros(until.saturating_mul(1_000));
        held.push(HeldLease {
            name: row.get(0)?,
            holder,
            epoch: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
            until: until.map_err(|error| LeaseError(Box::new(error)))?,
        });
    }
    Ok(held)
}
