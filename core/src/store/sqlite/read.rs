//! The readers' half of the SQLite backend.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, ToSql};
use uuid::Uuid;

use crate::id::{EventId, EventType, Position, Revision, StreamName};
use crate::proof::{Frontier, Hash};
use crate::sqlite::ThreadEnded;
use crate::store::lease::{Lease, LeaseError};
use crate::store::page::{Range, page_bytes_full, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};
use crate::store::{Limits, StoredEvent};
use crate::time::Timestamp;

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Storage {
                source: Box::new(error),
            },
        }
    }
}

impl From<ThreadEnded> for ReadError {
    fn from(ended: ThreadEnded) -> Self {
        Self::Storage {
            source: Box::new(ended),
        }
    }
}

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

pub(super) fn head(connection: &Connection) -> Result<Head, ReadError> {
    let mut statement = connection.prepare_cached(include_str!("sql/head.sql"))?;
    let (position, epoch, edge, micros): (i64, i64, Vec<u8>, Option<i64>) = statement
        .query_row([], |row| {
            Ok((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    let position = Position::from_i64(position);
    let damaged = |what| ReadError::Damaged { position, what };
    let frontier = Frontier::from_bytes(&edge).map_err(|_| damaged("the head's tree edge"))?;
    let recorded_at = micros.map(Timestamp::from_micros).transpose();
    let recorded_at = recorded_at.map_err(|_| damaged("the head's time"))?;
    Ok(Head {
        position,
        epoch: u64::try_from(epoch).unwrap_or(0),
        frontier,
        recorded_at,
    })
}

/// The file's version for this connection, and the head where it is not `seen`.
pub(super) fn head_if_changed(
    connection: &Connection,
    seen: Option<i64>,
) -> Result<(i64, Option<Position>), ReadError> {
    let sql = include_str!("sql/data_version.sql");
    let version: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let head = if seen == Some(version) {
        None
    } else {
        Some(head(connection)?.position)
    };
    Ok((version, head))
}

pub(super) fn stream(
    connection: &mut Connection,
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
    let (events, next) = fetch_page(
        connection,
        sql,
        &[&read.stream.as_str(), &from, &as_at, &fetch],
        limit,
    )?;
    let next = next.map(|event| event.revision.get());
    Ok(EventPage { events, next })
}

pub(super) fn all(
    connection: &mut Connection,
    read: &ReadAll,
    limits: &Limits,
) -> Result<EventPage, ReadError> {
    // One transaction, so that the head and the page are of the same moment.
    let transaction = connection.transaction()?;
    let head = head(&transaction)?.position;
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
    let types = read.filter.types.as_ref().map(|types| {
        let names: Vec<&str> = types.iter().map(EventType::as_str).collect();
        serde_json::to_string(&names).unwrap_or_default()
    });
    let (low, high) = (range.low.as_i64(), range.high.as_i64());
    let fetch = i64::try_from(range.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let parameters: [&dyn ToSql; 5] = [&low, &high, &types, &read.filter.stream_prefix, &fetch];
    let (events, next) = fetch_page(&transaction, sql, &parameters, range.limit)?;
    let next = stop_at(&range, next.map(|event| event.position), head);
    Ok(EventPage { events, next })
}

/// The rows of a page, and the first row that no longer fits it.
fn fetch_page(
    connection: &Connection,
    sql: &str,
    parameters: &[&dyn ToSql],
    limit: usize,
) -> Result<(Arc<[StoredEvent]>, Option<StoredEvent>), ReadError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let (mut events, mut bytes) = (Vec::new(), 0_usize);
    while let Some(row) = rows.next()? {
        let event = decode(row)?;
        if events.len() >= limit || page_bytes_full(&mut bytes, &event) {
            return Ok((events.into(), Some(event)));
        }
        events.push(event);
    }
    Ok((events.into(), None))
}

fn decode(row: &Row<'_>) -> Result<StoredEvent, ReadError> {
    let position = Position::from_i64(row.get(0)?);
    let damaged = |what| ReadError::Damaged { position, what };
    let bytes = |column: usize| row.get::<_, Vec<u8>>(column).map(Bytes::from);
    let hash = |bytes: Vec<u8>, what| Hash::from_slice(&bytes).map_err(|_| damaged(what));
    let sealed: Option<Vec<u8>> = row.get(9)?;
    let blanked: Option<Vec<u8>> = row.get(10)?;
    Ok(StoredEvent {
        position,
        stream: StreamName::new(row.get::<_, String>(1)?).map_err(|_| damaged("stream"))?,
        revision: Revision::from_i64(row.get(2)?),
        id: EventId::new(Uuid::from_bytes(
            row.get(3).map_err(|_| damaged("event_id"))?,
        )),
        event_type: EventType::new(row.get::<_, String>(4)?).map_err(|_| damaged("type"))?,
        recorded_at: Timestamp::from_micros(row.get(5)?).map_err(|_| damaged("recorded_at"))?,
        content_type: row.get(6)?,
        data: bytes(7)?,
        metadata: bytes(8)?,
        sealed: sealed.map(Bytes::from),
        sealed_sha256: blanked
            .map(|bytes| hash(bytes, "sealed_sha256"))
            .transpose()?,
        leaf_hash: hash(row.get(11)?, "leaf_hash")?,
    })
}

pub(super) fn take_lease(
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

pub(super) fn release_lease(
    connection: &Connection,
    name: &str,
    holder: Uuid,
) -> Result<(), LeaseError> {
    connection.execute(
        include_str!("sql/lease_release.sql"),
        (name, holder.as_bytes()),
    )?;
    Ok(())
}
