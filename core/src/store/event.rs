//! Events on their way into the store and out of it: bytes with names.

use std::borrow::Cow;

use bytes::Bytes;

use crate::id::{EventId, EventType, Position, Revision, StreamName};
use crate::proof::Hash;
use crate::time::Timestamp;

/// Content type of the ledger's own events.
pub const JSON: &str = "application/json";

/// Longest content type, in bytes.
pub(crate) const CONTENT_TYPE_BYTES_MAX: usize = 1_000;

/// An event to be stored; the bytes are kept and hashed exactly as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id, chosen by the writer; the same id at the same place is the same event.
    pub id: EventId,
    /// Its type.
    pub event_type: EventType,
    /// MIME type of `data`: 1 to 1,000 bytes without U+0000.
    pub content_type: String,
    /// Clear payload.
    pub data: Bytes,
    /// Clear metadata.
    pub metadata: Bytes,
    /// Ciphertext of the private part, if there is one.
    pub sealed: Option<Bytes>,
}

impl NewEvent {
    /// Bytes of its data, metadata and sealed part together.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_bytes(&self.data, &self.metadata, self.sealed.as_ref())
    }
}

/// Bytes of an event's data, metadata and sealed part together.
pub(crate) fn size_bytes(data: &Bytes, metadata: &Bytes, sealed: Option<&Bytes>) -> usize {
    let sealed = sealed.map_or(0, Bytes::len);
    let bytes = data.len().saturating_add(metadata.len());
    bytes.saturating_add(sealed)
}

/// An event as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Place in the whole log.
    pub position: Position,
    /// Stream in which it stands.
    pub stream: StreamName,
    /// Place in that stream.
    pub revision: Revision,
    /// Its id.
    pub id: EventId,
    /// Its type.
    pub event_type: EventType,
    /// The store's clock when it was written; never goes backwards along the log.
    pub recorded_at: Timestamp,
    /// MIME type of `data`.
    pub content_type: Cow<'static, str>,
    /// Clear payload, as stored.
    pub data: Bytes,
    /// Clear metadata, as stored.
    pub metadata: Bytes,
    /// Ciphertext of the private part; gone after an erasure.
    pub sealed: Option<Bytes>,
    /// SHA-256 of the ciphertext, kept in its place after an erasure and absent before.
    pub sealed_sha256: Option<Hash>,
    /// Hash of its leaf in the Merkle tree, as stored.
    pub leaf_hash: Hash,
}

impl StoredEvent {
    /// Bytes of its data, metadata and sealed part together.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_bytes(&self.data, &self.metadata, self.sealed.as_ref())
    }
}
