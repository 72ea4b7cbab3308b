//! The lines of a backup, and the one way in which each is written.

use std::borrow::Cow;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{FileFault, VERSION};
use crate::id::{EventId, EventType, LedgerId, Position, Revision, StreamName};
use crate::proof::{Checkpoint, Hash};
use crate::store::{CONTENT_TYPE_BYTES_MAX, StoredEvent};
use crate::time::Timestamp;

/// Says what a file is.
const FORMAT: &str = "care-ledger-backup";

/// What a backup's first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The ledger.
    pub ledger: LedgerId,
    /// How far the file goes, and the tree's root there.
    pub head: Checkpoint,
    /// The epoch that a ledger has which is made of the whole file.
    pub epoch: u64,
    /// When the file was made.
    pub made_at: Timestamp,
}

/// What a backup's last line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trailer {
    /// Number of events.
    pub(super) count: u64,
    /// The head that the events make.
    pub(super) head: Checkpoint,
    /// Hash of everything before this line.
    pub(super) sha256: Hash,
}

/// What the first line of every kind of file begins with.
#[derive(Deserialize)]
pub(super) struct Kind {
    format: String,
    version: u32,
}

impl Kind {
    /// Whether a first line is one of `format`, in a version that this program reads.
    pub(super) fn check(line: &[u8], format: &str) -> Result<(), FileFault> {
        let kind: Self = serde_json::from_slice(line).map_err(|_| FileFault::NotABackup)?;
        if kind.format != format {
            return Err(FileFault::NotABackup);
        }
        if kind.version > VERSION {
            let found = kind.version;
            return Err(FileFault::NewerFormat { found });
        }
        Ok(())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderLine<'a> {
    format: Cow<'a, str>,
    version: u32,
    ledger: LedgerId,
    head: Checkpoint,
    epoch: u64,
    made_at: Timestamp,
}

impl Header {
    pub(super) fn to_line(self) -> io::Result<Vec<u8>> {
        to_line(&HeaderLine {
            format: FORMAT.into(),
            version: VERSION,
            ledger: self.ledger,
            head: self.head,
            epoch: self.epoch,
            made_at: self.made_at,
        })
    }

    pub(super) fn from_line(line: &[u8]) -> Result<Self, FileFault> {
        Kind::check(line, FORMAT)?;
        let read: HeaderLine<'_> = from_line(line)?;
        Ok(Self {
            ledger: read.ledger,
            head: read.head,
            epoch: read.epoch,
            made_at: read.made_at,
        })
    }
}

/// Bytes that are UTF-8 stand as a string, which JSON gives back byte for byte; others as base64 in a
/// field of another name.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventLine<'a> {
    position: Position,
    stream: Cow<'a, str>,
    revision: Revision,
    id: EventId,
    #[serde(rename = "type")]
    event_type: Cow<'a, str>,
    recorded_at: Timestamp,
    content_type: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed_sha256: Option<Hash>,
    leaf_hash: Hash,
}

/// Writes an event's line.
pub(super) fn of_event(event: &StoredEvent) -> io::Result<Vec<u8>> {
    let (data, data_base64) = split(&event.data);
    let (metadata, metadata_base64) = split(&event.metadata);
    to_line(&EventLine {
        position: event.position,
        stream: event.stream.as_str().into(),
        revision: event.revision,
        id: event.id,
        event_type: event.event_type.as_str().into(),
        recorded_at: event.recorded_at,
        content_type: (&*event.content_type).into(),
        data,
        data_base64,
        metadata,
        metadata_base64,
        sealed: event.sealed.as_ref().map(|sealed| BASE64.encode(sealed)),
        sealed_sha256: event.sealed_sha256,
        leaf_hash: event.leaf_hash,
    })
}

/// Reads an event's line, which must be written exactly as [`of_event`] writes it.
pub(super) fn to_event(line: &[u8]) -> Result<StoredEvent, FileFault> {
    let read: EventLine<'_> = serde_json::from_slice(line).map_err(|_| FileFault::Malformed)?;
    let name = |_| FileFault::Malformed;
    let content_type = read.content_type.into_owned();
    let taken = 1..=CONTENT_TYPE_BYTES_MAX;
    if !taken.contains(&content_type.len()) || content_type.contains('\0') {
        return Err(FileFault::Malformed);
    }
    let event = StoredEvent {
        position: read.position,
        stream: StreamName::new(read.stream).map_err(name)?,
        revision: read.revision,
        id: read.id,
        event_type: EventType::new(read.event_type).map_err(name)?,
        recorded_at: read.recorded_at,
        content_type: content_type.into(),
        data: join(read.data, read.data_base64)?,
        metadata: join(read.metadata, read.metadata_base64)?,
        sealed: read.sealed.map(|text| from_base64(&text)).transpose()?,
        sealed_sha256: read.sealed_sha256,
        leaf_hash: read.leaf_hash,
    };
    exactly(line, &of_event(&event))?;
    Ok(event)
}

/// Writes a value as a line.
pub(super) fn to_line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// Reads a value's line, which must be written exactly as [`to_line`] writes it.
pub(super) fn from_line<'a, T: Serialize + Deserialize<'a>>(
    line: &'a [u8],
) -> Result<T, FileFault> {
    let value: T = serde_json::from_slice(line).map_err(|_| FileFault::Malformed)?;
    exactly(line, &to_line(&value))?;
    Ok(value)
}

/// Whether a line is the one that is written; by that a blank, a field's order or a field that is there
/// twice cannot be changed unseen.
fn exactly(line: &[u8], written: &io::Result<Vec<u8>>) -> Result<(), FileFault> {
    match written {
        Ok(written) if written == line => Ok(()),
        Ok(_) | Err(_) => Err(FileFault::Malformed),
    }
}

/// Bytes as text where they are text, or else as base64.
fn split(bytes: &Bytes) -> (Option<Cow<'_, str>>, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Some(text.into()), None),
        Err(_) => (None, Some(BASE64.encode(bytes))),
    }
}

fn join(text: Option<Cow<'_, str>>, base64: Option<String>) -> Result<Bytes, FileFault> {
    match (text, base64) {
        (Some(text), None) => Ok(Bytes::from(text.into_owned())),
        (None, Some(base64)) => from_base64(&base64),
        (Some(_), Some(_)) | (None, None) => Err(FileFault::Malformed),
    }
}

pub(super) fn from_base64(text: &str) -> Result<Bytes, FileFault> {
    let bytes = BASE64.decode(text).map_err(|_| FileFault::Malformed)?;
    Ok(bytes.into())
}
