//! An event as its row has it: stream and type are numbers, and its bytes share one buffer with others.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use uuid::Uuid;

use super::event::{JSON, StoredEvent, size_bytes};
use super::read::ReadError;
use super::writer::engine::RowId;
use crate::id::{EventId, EventType, Position, Revision, StreamName};
use crate::proof::Hash;
use crate::time::Timestamp;

/// A row of the log before its numbers get their names.
pub(crate) struct CodedEvent {
    pub(crate) position: Position,
    pub(crate) stream_id: RowId,
    pub(crate) revision: Revision,
    pub(crate) id: Uuid,
    pub(crate) type_id: RowId,
    pub(crate) recorded_at: Timestamp,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) data: Bytes,
    pub(crate) metadata: Bytes,
    pub(crate) sealed: Option<Bytes>,
    pub(crate) sealed_sha256: Option<Hash>,
    pub(crate) leaf_hash: Hash,
}

impl CodedEvent {
    /// Bytes of its data, metadata and sealed part together.
    pub(crate) fn size_bytes(&self) -> usize {
        size_bytes(&self.data, &self.metadata, self.sealed.as_ref())
    }

    /// The event with its names.
    pub(crate) fn named(self, stream: StreamName, event_type: EventType) -> StoredEvent {
        StoredEvent {
            position: self.position,
            stream,
            revision: self.revision,
            id: EventId::new(self.id),
            event_type,
            recorded_at: self.recorded_at,
            content_type: self.content_type,
            data: self.data,
            metadata: self.metadata,
            sealed: self.sealed,
            sealed_sha256: self.sealed_sha256,
            leaf_hash: self.leaf_hash,
        }
    }
}

/// The content type in a stored column, if it is UTF-8; the usual one is not copied.
pub(crate) fn content_type(bytes: &[u8]) -> Option<Cow<'static, str>> {
    if bytes == JSON.as_bytes() {
        return Some(Cow::Borrowed(JSON));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    Some(Cow::Owned(text.to_owned()))
}

/// Bytes of the buffers that a page's events share.
const BUFFER_BYTES: usize = 64 << 10;

/// Copies values into buffers that many of them share, so that not each is allocated by itself.
#[derive(Default)]
pub(crate) struct Buffer(BytesMut);

impl Buffer {
    pub(crate) fn keep(&mut self, bytes: &[u8]) -> Bytes {
        let room = self.0.capacity().saturating_sub(self.0.len());
        if room < bytes.len() {
            self.0 = BytesMut::with_capacity(bytes.len().max(BUFFER_BYTES));
        }
        self.0.extend_from_slice(bytes);
        self.0.split().freeze()
    }
}

/// The hash in a stored column.
pub(crate) fn hash(
    bytes: &[u8],
    position: Position,
    what: &'static str,
) -> Result<Hash, ReadError> {
    Hash::from_slice(bytes).map_err(|_| ReadError::Damaged { position, what })
}
