//! The readers' half of the PostgreSQL backend.

use std::sync::Arc;

use deadpool_postgres::Pool;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::{connect, fault, row};
use crate::id::{EventType, Position, Revision};
use crate::store::page::{PAGE_BYTES, Range, page_bytes_full, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};
use crate::store::{Limits, StoredEvent};

type Parameters<'a> = [&'a (dyn ToSql + Sync)];

/// The rows of a statement. Asks once more when the connection turns out to be lost, and waits for a
/// server that is restarting, so that a subscription outlasts it.
async fn rows(pool: &Pool, sql: &str, parameters: &Parameters<'_>) -> Result<Vec<Row>, ReadError> {
    let mut asked_before = false;
    loop {
        let client = connect::get(pool).await.map_err(fault::read)?;
        let work = async {
            let statement = client.prepare_cached(sql).await?;
            client.query(&statement, parameters).await
        };
        let error: tokio_postgres::Error = match work.await {
            Ok(rows) => return Ok(rows),
            Err(error) => error,
        };
        connect::discard(client);
        if asked_before || !fault::passes(&error) {
            return Err(fault::read(error));
        }
        asked_before = true;
    }
}

pub(super) async fn head(pool: &Pool) -> Result<Head, ReadError> {
    let rows = rows(pool, include_str!("sql/head.sql"), &[]).await?;
    let missing = ReadError::Damaged {
        position: Position::default(),
        what: "the head's row",
    };
    row::head(rows.first().ok_or(missing)?)
}

pub(super) async fn stream(
    pool: &Pool,
    read: &ReadStream,
    limits: &Limits,
) -> Result<EventPage, ReadError> {
    let limit = read.limit.min(limits.page_events);
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
    let (fetch, bytes) = bounds(limit);
    let parameters: &Parameters<'_> = &[&read.stream.as_str(), &from, &as_at, &fetch, &bytes];
    let (events, unfit) = page(&rows(pool, sql, parameters).await?, limit)?;
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
    // The head comes first: whatever is read after it holds at least every event up to it.
    let head = head(pool).await?.position;
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
    let (fetch, bytes) = bounds(range.limit);
    let prefix = &read.filter.stream_prefix;
    let parameters: &Parameters<'_> = &[&low, &high, &types, prefix, &fetch, &bytes];
    let (events, unfit) = page(&rows(pool, sql, parameters).await?, range.limit)?;
    Ok(EventPage {
        events,
        next: stop_at(&range, unfit.map(|event| event.position), head),
    })
}

/// How many rows the server looks at for a page, one more than asked to tell whether there is more,
/// and how many bytes it sends.
fn bounds(limit: usize) -> (i64, i64) {
    let fetch = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
    (fetch, i64::try_from(PAGE_BYTES).unwrap_or(i64::MAX))
}

/// The events of a page, and the first one that no longer fits it.
fn page(
    rows: &[Row],
    limit: usize,
) -> Result<(Arc<[StoredEvent]>, Option<StoredEvent>), ReadError> {
    let (mut events, mut bytes) = (Vec::with_capacity(rows.len()), 0_usize);
    for row in rows {
        let event = row::event(row)?;
        if events.len() >= limit || page_bytes_full(&mut bytes, &event) {
            return Ok((events.into(), Some(event)));
        }
        events.push(event);
    }
    Ok((events.into(), None))
}
