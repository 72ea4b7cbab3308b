//! Turns drafts into stored bytes, and stored bytes into events with their private fields open.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::recorded::ReadEventError;
use super::{Draft, Event, KeyUse, Metadata, Privacy, Recorded};
use crate::id::{EventId, EventType, StreamName};
use crate::private::{self, SplitError};
use crate::seal::{KeyClass, KeyScope, Opened, SealError, SealedFor, Sealer};
use crate::store::{JSON, NewEvent, StoredEvent};
use crate::time::{Day, FiscalYear};

/// Which private fields a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Those of class identity alone: names, birth date, contacts.
    Identity,
    /// All.
    All,
}

/// Encodes and decodes events with the ledger's keys.
#[derive(Clone)]
pub struct Codec {
    sealer: Sealer,
}

/// Why an event could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The payload holds a closed private field, or what JSON cannot express.
    #[error("the event cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The payload hides private values.
    #[error("the event's private fields cannot be told apart")]
    Split(#[from] SplitError),
    /// Private fields in a type that is declared clear, or none in one that is not.
    #[error("event type {0} does not keep its word about private fields")]
    KeyUse(&'static str),
    /// The private fields could not be sealed.
    #[error("the event's private fields cannot be sealed")]
    Seal(#[from] SealError),
}

/// Why a stored event could not be read with its private fields.
#[derive(Debug, thiserror::Error)]
pub enum DecodeStoredError {
    /// It is not an event that this program knows.
    #[error(transparent)]
    Read(#[from] ReadEventError),
    /// Its private fields could not be opened.
    #[error("the private fields of the event at position {position} cannot be opened")]
    Open {
        /// Where.
        position: crate::id::Position,
        /// Why.
        #[source]
        source: SealError,
    },
}

impl Codec {
    /// A codec that seals and opens with these keys.
    #[must_use]
    pub const fn new(sealer: Sealer) -> Self {
        Self { sealer }
    }

    /// Writes a draft for its stream and id as the bytes that are stored.
    ///
    /// `today` gives the year of the key where the draft has no day at all.
    ///
    /// # Errors
    /// [`EncodeError`] when the payload cannot be written or sealed.
    pub async fn encode(
        &self,
        (stream, id): (&StreamName, EventId),
        draft: &Draft,
        metadata: &Metadata,
        today: Day,
    ) -> Result<NewEvent, EncodeError> {
        let info = draft.event.info();
        if info.key == KeyUse::Clear {
            return encode_clear(id, draft, metadata);
        }
        let event_type = draft.event.event_type();
        let (clear, secret) = private::split(draft.event.encode()?)?;
        let sealed = match (info.key, secret) {
            (KeyUse::Sealed(class), Some(secret)) => {
                let day = draft.occurred.day().or(draft.stands_on).unwrap_or(today);
                let scope = scope(class, stream, day);
                let place = SealedFor {
                    stream,
                    event: id,
                    event_type: &event_type,
                };
                Some(Bytes::from(self.sealer.seal(&scope, place, &secret).await?))
            },
            (KeyUse::Clear, _) | (KeyUse::Sealed(_), None) => {
                return Err(EncodeError::KeyUse(info.name));
            },
        };
        stored((id, event_type), (&clear, metadata), sealed)
    }

    /// Reads a stored event and opens its private fields where `open` allows it.
    ///
    /// An event whose key is destroyed reads as erased; it never fails for that.
    ///
    /// # Errors
    /// [`DecodeStoredError`] when the event is unknown, or its ciphertext was altered.
    pub async fn decode(
        &self,
        stored: &StoredEvent,
        open: Open,
    ) -> Result<Recorded, DecodeStoredError> {
        let event_type: &EventType = &stored.event_type;
        let key = Event::info_of(event_type.as_str()).map(|info| info.key);
        let wanted = match (key, open) {
            (None | Some(KeyUse::Clear), _)
            | (Some(KeyUse::Sealed(KeyClass::Record)), Open::Identity) => false,
            (Some(KeyUse::Sealed(KeyClass::Identity)), _)
            | (Some(KeyUse::Sealed(_)), Open::All) => true,
        };
        let Some(sealed) = stored.sealed.as_ref().filter(|_| wanted) else {
            return Ok(Recorded::read(stored)?);
        };
        let place = SealedFor {
            stream: &stored.stream,
            event: stored.id,
            event_type,
        };
        let position = stored.position;
        let opened = self.sealer.open(place, sealed).await;
        match opened.map_err(|source| DecodeStoredError::Open { position, source })? {
            Opened::Private(fields) => Ok(Recorded::read_with(stored, Some(fields))?),
            Opened::Erased => Ok(Recorded {
                privacy: Privacy::Erased,
                ..Recorded::read(stored)?
            }),
        }
    }
}

/// Writes a draft of a type without private fields as the bytes that are stored; no key is needed for it.
///
/// # Errors
/// [`EncodeError`] when the payload cannot be written, or the type has private fields.
pub fn encode_clear(
    id: EventId,
    draft: &Draft,
    metadata: &Metadata,
) -> Result<NewEvent, EncodeError> {
    let info = draft.event.info();
    let (clear, secret) = private::split(draft.event.encode()?)?;
    if info.key != KeyUse::Clear || secret.is_some() {
        return Err(EncodeError::KeyUse(info.name));
    }
    stored((id, draft.event.event_type()), (&clear, metadata), None)
}

fn stored(
    (id, event_type): (EventId, EventType),
    (clear, metadata): (&Map<String, Value>, &Metadata),
    sealed: Option<Bytes>,
) -> Result<NewEvent, EncodeError> {
    Ok(NewEvent {
        id,
        event_type,
        content_type: JSON.to_owned(),
        data: Bytes::from(crate::json::canonical(clear)?),
        metadata: Bytes::from(crate::json::canonical(metadata)?),
        sealed,
    })
}

/// The scope of the key for an event of `class` that occurred on `day`.
fn scope(class: KeyClass, stream: &StreamName, day: Day) -> KeyScope {
    match class {
        KeyClass::Identity => KeyScope::identity(stream.clone()),
        KeyClass::Record => KeyScope::record(stream.clone(), FiscalYear::of(day)),
    }
}
