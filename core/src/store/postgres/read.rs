//! The readers' half of the PostgreSQL backend.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use deadpool_postgres::{Object, Pool};
use futures::TryStreamExt as _;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::fault;
use crate::id::{EventId, EventType, Position, Revision, StreamName};
use crate::proof::{Frontier, Hash};
use crate::store::lease::{Lease, LeaseError};
use crate::store::page::{Range, page_bytes_full, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};
use crate::store::{Limits, StoredEvent};
use crate::time::Timestamp;

pub(super) async fn head(client: &Object) -> Result<Head, ReadError> {
    let statement = client
        .prepare_cached(include_str!("sql/head.sql"))
        .await
        .map_err(fault::read)?;
    decode_head(
        &client
            .query_one(&statement, &[])
            .await
            .map_err(fault::read)?,
    )
}

/// Reads a head from the columns 1 to 4 of a row.
pub(super) fn decode_head(row: &Row) -> Result<Head, ReadError> {
    let position = Position::from_i64(row.try_get(1).map_err(fault::read)?);
    let epoch: i64 = row.try_get(2).map_err(fault::read)?;
    let frontier = Frontier::from_bytes(row.try_get(3).map_err(fault::read)?);
    let frontier = frontier.map_err(|_| ReadError::Damaged {
        position,
        what: "the head's tree edge",
    })?;
    let recorded_at: Option<DateTime<Utc>> = row.try_get(4).map_err(fault::read)?;
    let recorded_at = recorded_at.map(Timestamp::from_utc);
    Ok(Head {
        position,
        epoch: u64::try_from(epoch).unwrap_or(0),
        frontier,
        recorded_at,
    })
}

pub(super) async fn stream(
    pool: &Pool,
    read: &ReadStream,
    limits: &Limits,
) -> Result<EventPage, ReadError> {
    let limit = read.limit.min(limits.page_events);
    // One more than asked tells whether there is more.
    let fetch = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
    let as_at = read.as_at.map_or(i64::MAX, Position::as_i64);
    let (sql, from) = match read.direction {
        Direction::Forwards => (
            include_str!("sql/read_stream_forwards.sql"),
            read.from.unwrap_or_default().as_i64(),
        ),
        Direction::Backwards => (
            include_str!("sql/read_stream_backwards.sql"),
            read.from.map_or(i64::MAX, Revision::as_i64),
        ),
    };
    let client = pool.get().await.map_err(fault::read)?;
    let parameters: [&(dyn ToSql + Sync); 4] = [&read.stream.as_str(), &from, &as_at, &fetch];
    let (events, unfit) = fetch_page(&client, sql, &parameters, limit).await?;
    Ok(EventPage {
        events,
        next: unfit.map(|event| event.revision.get()),
    })
}

pub(super) async fn all(
    pool: &Pool,
    read: &ReadAll,
    limits: &Limits,
) -> Result<EventPage, ReadError> {
    let client = pool.get().await.map_err(fault::read)?;
    // The head comes first: whatever is read after it holds at least every event up to it.
    let head = head(&client).await?.position;
    let Some(range) = Range::of(read, head, limits) else {
        return Ok(EventPage {
            events: Arc::new([]),
            next: None,
        });
    };
    let sql = match read.direction {
        Direction::Forwards => include_str!("sql/read_all_forwards.sql"),
        Direction::Backwards => include_str!("sql/read_all_backwards.sql"),
    };
    let types: Option<Vec<&str>> = read
        .filter
        .types
        .as_ref()
        .map(|types| types.iter().map(EventType::as_str).collect());
    let (low, high) = (range.low.as_i64(), range.high.as_i64());
    let fetch = i64::try_from(range.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let parameters: [&(dyn ToSql + Sync); 5] =
        [&low, &high, &types, &read.filter.stream_prefix, &fetch];
    let (events, unfit) = fetch_page(&client, sql, &parameters, range.limit).await?;
    Ok(EventPage {
        events,
        next: stop_at(&range, unfit.map(|event| event.position), head),
    })
}

/// The rows of a page, and the first row that no longer fits it.
async fn fetch_page(
    client: &Object,
    sql: &str,
    parameters: &[&(dyn ToSql + Sync)],
    limit: usize,
) -> Result<(Arc<[StoredEvent]>, Option<StoredEvent>), ReadError> {
    let statement = client.prepare_cached(sql).await.map_err(fault::read)?;
    let rows = client
        .query_raw(&statement, parameters.iter().copied())
        .await
        .map_err(fault::read)?;
    futures::pin_mut!(rows);
    let (mut events, mut bytes) = (Vec::new(), 0_usize);
    while let Some(row) = rows.try_next().await.map_err(fault::read)? {
        let event = decode(&row)?;
        if events.len() >= limit || page_bytes_full(&mut bytes, &event) {
            return Ok((events.into(), Some(event)));
        }
        events.push(event);
    }
    Ok((events.into(), None))
}

fn decode(row: &Row) -> Result<StoredEvent, ReadError> {
    let position = Position::from_i64(row.try_get(0).map_err(fault::read)?);
    let damaged = |what| ReadError::Damaged { position, what };
    let text = |column: usize| row.try_get::<_, String>(column).map_err(fault::read);
    let bytes = |column: usize| row.try_get::<_, Option<&[u8]>>(column).map_err(fault::read);
    let needed = |column, what| bytes(column)?.ok_or(damaged(what));
    let hash = |bytes: &[u8], what| Hash::from_slice(bytes).map_err(|_| damaged(what));
    let revision = row.try_get(2).map_err(fault::read)?;
    let recorded_at: DateTime<Utc> = row.try_get(5).map_err(fault::read)?;
    Ok(StoredEvent {
        position,
        stream: StreamName::new(text(1)?).map_err(|_| damaged("stream"))?,
        revision: Revision::from_i64(revision),
        id: EventId::new(row.try_get(3).map_err(fault::read)?),
        event_type: EventType::new(text(4)?).map_err(|_| damaged("type"))?,
        recorded_at: Timestamp::from_utc(recorded_at),
        content_type: text(6)?,
        data: Bytes::copy_from_slice(needed(7, "data")?),
        metadata: Bytes::copy_from_slice(needed(8, "metadata")?),
        sealed: bytes(9)?.map(Bytes::copy_from_slice),
        sealed_sha256: bytes(10)?
            .map(|bytes| hash(bytes, "sealed_sha256"))
            .transpose()?,
        leaf_hash: hash(needed(11, "leaf_hash")?, "leaf_hash")?,
    })
}

pub(super) async fn take_lease(
    pool: &Pool,
    name: &str,
    holder: Uuid,
    time: Duration,
) -> Result<Lease, LeaseError> {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let client = pool.get().await.map_err(fault::lease)?;
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

pub(super) async fn release_lease(pool: &Pool, name: &str, holder: Uuid) -> Result<(), LeaseError> {
    let client = pool.get().await.map_err(fault::lease)?;
    let sql = include_str!("sql/lease_release.sql");
    client
        .execute(sql, &[&name, &holder])
        .await
        .map(drop)
        .map_err(fault::lease)
}
