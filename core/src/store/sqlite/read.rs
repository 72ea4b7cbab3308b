//! The readers' half of the SQLite backend.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, ToSql};
use uuid::Uuid;

use crate::id::{EventType, Position, Revision, StreamName};
use crate::proof::Frontier;
use crate::sqlite::ThreadEnded;
use crate::store::Limits;
use crate::store::coded::{self, Buffer, CodedEvent, hash};
use crate::store::filter::Filter;
use crate::store::names::Names;
use crate::store::page::{Page, Range, stop_at};
use crate::store::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};
use crate::store::writer::engine::RowId;
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
    connection: &Connection,
    names: &Names,
    (read, limits): (&ReadStream, &Limits),
) -> Result<EventPage, ReadError> {
    let mut page = Page::new(read.limit.min(limits.page_events));
    let Some(id) = stream_id(connection, names, &read.stream)? else {
        return finish(connection, names, page, None);
    };
    let fetch = i64::try_from(page.room()).unwrap_or(i64::MAX);
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
    fill(connection, sql, &[&id, &from, &as_at, &fetch], &mut page)?;
    let next = page.unfit.map(|place| place.revision.get());
    finish(connection, names, page, next)
}

pub(super) fn all(
    connection: &mut Connection,
    names: &Names,
    (read, limits): (&ReadAll, &Limits),
) -> Result<EventPage, ReadError> {
    if read.from.is_none_or(|from| from <= Position::new(1)) {
        // Who begins at the beginning, such as an audit, trusts nothing that is remembered.
        names.forget();
    }
    // One transaction, so that the head and the page are of the same moment.
    let transaction = connection.transaction()?;
    let head = head(&transaction)?.position;
    let Some(range) = Range::of(read, head, limits) else {
        return finish(&transaction, names, Page::new(0), None);
    };
    let mut page = Page::new(range.limit);
    fill_range(
        &transaction,
        &read.filter,
        (&range, read.direction),
        &mut page,
    )?;
    let next = stop_at(&range, page.unfit, head);
    finish(&transaction, names, page, next)
}

fn fill_range(
    connection: &Connection,
    filter: &Filter,
    (range, direction): (&Range, Direction),
    page: &mut Page,
) -> Result<(), ReadError> {
    let (low, high) = (range.low.as_i64(), range.high.as_i64());
    let fetch = i64::try_from(page.room()).unwrap_or(i64::MAX);
    if *filter == Filter::default() {
        let sql = match direction {
            Direction::Forwards => include_str!("sql/read_all_forwards.sql"),
            Direction::Backwards => include_str!("sql/read_all_backwards.sql"),
        };
        return fill(connection, sql, &[&low, &high, &fetch], page);
    }
    let sql = match direction {
        Direction::Forwards => include_str!("sql/read_filtered_forwards.sql"),
        Direction::Backwards => include_str!("sql/read_filtered_backwards.sql"),
    };
    // Lists of names are JSON to the engine.
    let [types, type_prefixes, streams, stream_prefixes] = filter
        .lists()
        .map(|names| names.map(|names| serde_json::to_string(&names).unwrap_or_default()));
    let parameters: [&dyn ToSql; 7] = [
        &low,
        &high,
        &types,
        &type_prefixes,
        &streams,
        &stream_prefixes,
        &fetch,
    ];
    fill(connection, sql, &parameters, page)
}

/// Takes rows into the page until one does not fit.
fn fill(
    connection: &Connection,
    sql: &str,
    parameters: &[&dyn ToSql],
    page: &mut Page,
) -> Result<(), ReadError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut buffer = Buffer::default();
    while let Some(row) = rows.next()? {
        if page.take(decode(row, &mut buffer)?).is_some() {
            break;
        }
    }
    Ok(())
}

/// The number of a stream; none where there is no such stream.
fn stream_id(
    connection: &Connection,
    names: &Names,
    name: &StreamName,
) -> Result<Option<RowId>, ReadError> {
    if let Some(id) = names.id(name) {
        return Ok(Some(id));
    }
    let mut statement = connection.prepare_cached(include_str!("sql/stream_id.sql"))?;
    let id = statement.query_row([name.as_str()], |row| row.get(0));
    let id = id.optional()?;
    if let Some(id) = id {
        names.remember(name, id);
    }
    Ok(id)
}

/// The page with the names of its streams and types.
fn finish(
    connection: &Connection,
    names: &Names,
    page: Page,
    next: Option<u64>,
) -> Result<EventPage, ReadError> {
    let (mut found, missing) = names.look(&page.events);
    for &id in &missing.streams {
        if let Some(name) = name(connection, include_str!("sql/stream_name.sql"), id)? {
            let name = StreamName::new(name).map_err(|_| unreadable(id, "stream"))?;
            found.streams.insert(id, name);
        }
    }
    for &id in &missing.types {
        if let Some(name) = name(connection, include_str!("sql/type_name.sql"), id)? {
            let name = EventType::new(name).map_err(|_| unreadable(id, "type"))?;
            found.types.insert(id, name);
        }
    }
    names.remember_found(&missing, &found);
    let events = found.give(page.events)?;
    Ok(EventPage { events, next })
}

fn name(connection: &Connection, sql: &str, id: RowId) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row([id], |row| row.get(0)).optional()
}

/// A name that cannot be read; its number is the position of the first event with it.
fn unreadable(id: RowId, what: &'static str) -> ReadError {
    let position = Position::from_i64(id);
    ReadError::Damaged { position, what }
}

fn decode(row: &Row<'_>, buffer: &mut Buffer) -> Result<CodedEvent, ReadError> {
    let position = Position::from_i64(row.get(0)?);
    let damaged = |what| ReadError::Damaged { position, what };
    let bytes = |column: usize, what| match row.get_ref(column)? {
        ValueRef::Blob(bytes) => Ok(Some(bytes)),
        ValueRef::Null => Ok(None),
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => Err(damaged(what)),
    };
    let needed = |column, what| bytes(column, what)?.ok_or(damaged(what));
    let content_type = match row.get_ref(6)? {
        ValueRef::Text(text) => coded::content_type(text),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
    };
    let id = Uuid::from_slice(needed(3, "event_id")?).map_err(|_| damaged("event_id"))?;
    let sealed_sha256 = bytes(10, "sealed_sha256")?;
    let sealed_sha256 = sealed_sha256.map(|bytes| hash(bytes, position, "sealed_sha256"));
    Ok(CodedEvent {
        position,
        stream_id: row.get(1)?,
        revision: Revision::from_i64(row.get(2)?),
        id,
        type_id: row.get(4)?,
        recorded_at: Timestamp::from_micros(row.get(5)?).map_err(|_| damaged("recorded_at"))?,
        content_type: content_type.ok_or(damaged("content_type"))?,
        data: buffer.keep(needed(7, "data")?),
        metadata: buffer.keep(needed(8, "metadata")?),
        sealed: bytes(9, "sealed")?.map(|bytes| buffer.keep(bytes)),
        sealed_sha256: sealed_sha256.transpose()?,
        leaf_hash: hash(needed(11, "leaf_hash")?, position, "leaf_hash")?,
    })
}
