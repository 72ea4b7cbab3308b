//! Leases by the database's clock.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_postgres::Row;
use uuid::Uuid;

use super::links::Links;
use super::{fault, row};
use crate::store::lease::{HeldLease, Lease, LeaseError};
use crate::time::Timestamp;

pub(super) async fn take(
    links: &Links,
    name: &str,
    holder: Uuid,
    time: Duration,
) -> Result<Lease, LeaseError> {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let mut link = links.get().await.map_err(fault::lease)?;
    let sql = include_str!("sql/lease_take.sql");
    let rows = link.query(sql, &[&name, &holder, &millis]).await;
    let rows = rows.map_err(fault::lease)?;
    let row = row::only(rows).map_err(|error| LeaseError(Box::new(error)))?;
    let epoch: Option<i64> = row.try_get(0).map_err(fault::lease)?;
    let left: i64 = row.try_get(1).map_err(fault::lease)?;
    let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
    Ok(match epoch {
        Some(epoch) => Lease::Held {
            epoch: u64::try_from(epoch).unwrap_or(0),
        },
        None => Lease::HeldByAnother { left },
    })
}

pub(super) async fn release(links: &Links, name: &str, holder: Uuid) -> Result<(), LeaseError> {
    let mut link = links.get().await.map_err(fault::lease)?;
    let sql = include_str!("sql/lease_release.sql");
    link.query(sql, &[&name, &holder])
        .await
        .map(drop)
        .map_err(fault::lease)
}

pub(super) async fn held(links: &Links) -> Result<Vec<HeldLease>, LeaseError> {
    let mut link = links.get().await.map_err(fault::lease)?;
    let rows = link.query(include_str!("sql/leases.sql"), &[]).await;
    let rows = rows.map_err(fault::lease)?;
    rows.iter().map(one).collect()
}

fn one(row: &Row) -> Result<HeldLease, LeaseError> {
    let epoch: i64 = row.try_get(2).map_err(fault::lease)?;
    let until: DateTime<Utc> = row.try_get(3).map_err(fault::lease)?;
    Ok(HeldLease {
        name: row.try_get(0).map_err(fault::lease)?,
        holder: row.try_get(1).map_err(fault::lease)?,
        epoch: u64::try_from(epoch).unwrap_or(0),
        until: Timestamp::from_utc(until),
    })
}
