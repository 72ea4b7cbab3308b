//! Rows of the log as the store's values.

use chrono::{DateTime, Utc};
use tokio_postgres::Row;

use super::fault;
use crate::id::{Position, Revision};
use crate::proof::Frontier;
use crate::store::coded::{self, Buffer, CodedEvent, hash};
use crate::store::read::{Head, ReadError};
use crate::store::writer::engine::RowId;
use crate::time::Timestamp;

/// Reads a head from the columns 1 to 4 of a row.
pub(super) fn head(row: &Row) -> Result<Head, ReadError> {
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

/// The server answered without the row that it always gives.
#[derive(Debug, thiserror::Error)]
#[error("the server answered without a row")]
pub(super) struct NoRow;

/// The one row of a statement that always gives one.
pub(super) fn only(rows: Vec<Row>) -> Result<Row, NoRow> {
    rows.into_iter().next().ok_or(NoRow)
}

/// Reads a number and its name.
pub(super) fn name(row: &Row) -> Result<(RowId, String), ReadError> {
    let id = row.try_get(0).map_err(fault::read)?;
    Ok((id, row.try_get(1).map_err(fault::read)?))
}

/// Reads an event from the columns of a page.
pub(super) fn event(row: &Row, buffer: &mut Buffer) -> Result<CodedEvent, ReadError> {
    let position = Position::from_i64(row.try_get(0).map_err(fault::read)?);
    let damaged = |what| ReadError::Damaged { position, what };
    let bytes = |column: usize| row.try_get::<_, Option<&[u8]>>(column).map_err(fault::read);
    let needed = |column, what| bytes(column)?.ok_or(damaged(what));
    let recorded_at: DateTime<Utc> = row.try_get(5).map_err(fault::read)?;
    let content_type: &str = row.try_get(6).map_err(fault::read)?;
    let sealed_sha256 = bytes(10)?.map(|bytes| hash(bytes, position, "sealed_sha256"));
    Ok(CodedEvent {
        position,
        stream_id: row.try_get(1).map_err(fault::read)?,
        revision: Revision::from_i64(row.try_get(2).map_err(fault::read)?),
        id: row.try_get(3).map_err(fault::read)?,
        type_id: row.try_get(4).map_err(fault::read)?,
        recorded_at: Timestamp::from_utc(recorded_at),
        content_type: coded::content_type(content_type.as_bytes())
            .ok_or(damaged("content_type"))?,
        data: buffer.keep(needed(7, "data")?),
        metadata: buffer.keep(needed(8, "metadata")?),
        sealed: bytes(9)?.map(|bytes| buffer.keep(bytes)),
        sealed_sha256: sealed_sha256.transpose()?,
        leaf_hash: hash(needed(11, "leaf_hash")?, position, "leaf_hash")?,
    })
}
