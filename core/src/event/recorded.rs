//! Events before they are stored and after they are read.

use super::{DecodeError, Event, Metadata, Subject};
use crate::code::Flag;
use crate::id::{EventId, Position, Revision, StreamName};
use crate::store::StoredEvent;
use crate::time::{Day, Occurred, Timestamp};

/// An event that a decision made and nobody has stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What happened.
    pub event: Event,
    /// When it happened.
    pub occurred: Occurred,
    /// Day at which it stands where `occurred` is unknown: the latest dated step of the same thing.
    pub stands_on: Option<Day>,
    /// What is imperfect about it.
    pub flags: Vec<Flag>,
    /// Other things that it is about.
    pub subjects: Vec<Subject>,
}

impl Draft {
    /// An event without flags or other subjects.
    #[must_use]
    pub fn new(event: impl Into<Event>, occurred: Occurred) -> Self {
        Self {
            event: event.into(),
            occurred,
            stands_on: None,
            flags: Vec::new(),
            subjects: Vec::new(),
        }
    }

    /// The same event with a flag.
    #[must_use]
    pub fn flagged(mut self, flag: Flag) -> Self {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
        self
    }

    /// The same event, standing on `day` where its own day is unknown.
    #[must_use]
    pub const fn standing_on(mut self, day: Option<Day>) -> Self {
        self.stands_on = day;
        self
    }
}

/// Whether an event's private fields can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Privacy {
    /// It has none.
    Nothing,
    /// They are open.
    Opened,
    /// They are sealed and were not opened.
    Closed,
    /// They were erased: the key is destroyed, or the ciphertext is gone.
    Erased,
}

/// An event as read from the store, decoded to its newest schema version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Place in the whole log.
    pub position: Position,
    /// Its stream.
    pub stream: StreamName,
    /// Place in the stream.
    pub revision: Revision,
    /// Its id.
    pub id: EventId,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Who, when, whence.
    pub metadata: Metadata,
    /// What happened.
    pub event: Event,
    /// Whether its private fields are open.
    pub privacy: Privacy,
}

/// Why a stored event of the ledger cannot be understood.
#[derive(Debug, thiserror::Error)]
pub enum ReadEventError {
    /// `data` or `metadata` are not the JSON that the ledger writes.
    #[error("{column} of the event at position {position} is not the ledger's JSON")]
    Json {
        /// Where.
        position: Position,
        /// `data` or `metadata`.
        column: &'static str,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// Type, version or shape are unknown.
    #[error("the event at position {position} cannot be decoded")]
    Decode {
        /// Where.
        position: Position,
        /// What is wrong.
        #[source]
        source: DecodeError,
    },
}

impl Recorded {
    /// Reads a stored event without opening anything private.
    ///
    /// # Errors
    /// [`ReadEventError`] when it is not an event that this program knows.
    pub fn read(stored: &StoredEvent) -> Result<Self, ReadEventError> {
        Self::read_with(stored, None)
    }

    /// Reads a stored event, with its private fields where they were opened.
    pub(super) fn read_with(
        stored: &StoredEvent,
        private: Option<serde_json::Map<String, serde_json::Value>>,
    ) -> Result<Self, ReadEventError> {
        let position = stored.position;
        let json = |column| {
            move |source| ReadEventError::Json {
                position,
                column,
                source,
            }
        };
        let metadata: Metadata =
            serde_json::from_slice(&stored.metadata).map_err(json("metadata"))?;
        let clear = serde_json::from_slice(&stored.data).map_err(json("data"))?;
        let privacy = match (&stored.sealed, &stored.sealed_sha256, &private) {
            (_, _, Some(_)) => Privacy::Opened,
            (Some(_), _, None) => Privacy::Closed,
            (None, Some(_), None) => Privacy::Erased,
            (None, None, None) => Privacy::Nothing,
        };
        let payload = crate::private::join(clear, private.unwrap_or_default());
        let event = Event::decode(stored.event_type.as_str(), metadata.schema, payload)
            .map_err(|source| ReadEventError::Decode { position, source })?;
        Ok(Self {
            position,
            stream: stored.stream.clone(),
            revision: stored.revision,
            id: stored.id,
            recorded_at: stored.recorded_at,
            metadata,
            event,
            privacy,
        })
    }
}
