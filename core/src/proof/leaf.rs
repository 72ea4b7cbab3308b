//! The leaf of one event: what the tree says about it.

use serde::Serialize;

use super::Hash;
use crate::id::{EventId, Revision};
use crate::time::Timestamp;

/// One event as the Merkle tree sees it; its bytes are rebuilt from the stored columns.
///
/// A tile entry holds at most 65,535 bytes, and no leaf comes near: stream, type and content type have
/// at most 1,000 bytes each, of which JSON makes at most 6,000; all else together is below 500.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// Id of the event.
    pub id: EventId,
    /// Its stream.
    pub stream: &'a str,
    /// Its place there.
    pub revision: Revision,
    /// Its type.
    pub event_type: &'a str,
    /// MIME type of its data.
    pub content_type: &'a str,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Hash of the stored data.
    pub data: Hash,
    /// Hash of the stored metadata.
    pub metadata: Hash,
    /// Hash of the stored ciphertext, where there is or was one.
    pub sealed: Option<Hash>,
}

/// Fields in the order in which RFC 8785 writes them.
#[derive(Serialize)]
struct Canonical<'a> {
    at: Timestamp,
    content_type: &'a str,
    data: Hash,
    id: EventId,
    metadata: Hash,
    revision: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<Hash>,
    stream: &'a str,
    #[serde(rename = "type")]
    event_type: &'a str,
    v: u8,
}

impl Leaf<'_> {
    /// The leaf's RFC 8785 bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let canonical = Canonical {
            at: self.recorded_at,
            content_type: self.content_type,
            data: self.data,
            id: self.id,
            metadata: self.metadata,
            revision: self.revision.get(),
            sealed: self.sealed,
            stream: self.stream,
            event_type: self.event_type,
            v: 1,
        };
        // Text and one whole number: the compact writer's output is canonical as it stands, and
        // it cannot fail.
        serde_json::to_vec(&canonical).unwrap_or_default()
    }

    /// The leaf's hash: SHA-256(0x00 || bytes).
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of_leaf(&self.bytes())
    }
}
