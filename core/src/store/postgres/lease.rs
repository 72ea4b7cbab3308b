//! Leases by the database's clock.

use std::time::Duration;

use deadpool_postgres::Pool;
use uuid::Uuid;

use super::{connect, fault};
use crate::store::lease::{Lease, LeaseError};

pub(super) async fn take(
    pool: &Pool,
    name: &str,
    holder: Uuid,
    time: Duration,
) -> Result<Lease, LeaseError> {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let client = connect::get(pool).await.map_err(fault::lease)?;
    let sql = include_str!("sql/lease_take.sql");
    let row = client
        .query_one(sql, &[&name, &holder, &millis])
        .await
        .map_err(fault::lease)?;
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

pub(super) async fn release(pool: &Pool, name: &str, holder: Uuid) -> Result<(), LeaseError> {
    let client = connect::get(pool).await.map_err(fault::lease)?;
    let sql = include_str!("sql/lease_release.sql");
    client
        .execute(sql, &[&name, &holder])
        .await
        .map(drop)
        .map_err(fault::lease)
}
