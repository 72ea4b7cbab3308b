//! Rows of the log as the store's values.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tokio_postgres::Row;

use super::fault;
use crate::id::{EventId, EventType, Position, Revision, StreamName};
use crate::proof::{Frontier, Hash};
use crate::store::StoredEvent;
use crate::store::read::{Head, ReadError};
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

/// Reads an event from the columns of a page.
pub(super) fn event(row: &Row) -> Result<StoredEvent, ReadError> {
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
