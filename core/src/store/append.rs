//! What an append asks for and what it answers.

use std::fmt;

use tokio::sync::oneshot;

use super::NewEvent;
use crate::id::{EventId, Position, Revision, StreamName};
use crate::time::Timestamp;

/// An error of an engine, boxed; its text is for logs, not for people.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What must be true of a stream for an append to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExpectedRevision {
    /// Anything. A repeated append is known by its events standing at the stream's end, so it is
    /// written again once others have written after it.
    Any,
    /// It has no event yet.
    NoStream,
    /// It has at least one event; repeated as with `Any`.
    Exists,
    /// Its newest event has this revision.
    Exact(Revision),
}

/// How far a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CurrentRevision {
    /// It has no event.
    NoStream,
    /// Its newest event has this revision.
    At(Revision),
}

/// Events for one stream of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamAppend {
    /// The stream.
    pub stream: StreamName,
    /// What must be true of it.
    pub expected: ExpectedRevision,
    /// The events in their order; may be empty, which then only checks.
    pub events: Vec<NewEvent>,
}

/// A stream that is not written, but must be where the writer saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamCheck {
    /// The stream.
    pub stream: StreamName,
    /// What must be true of it.
    pub expected: ExpectedRevision,
}

/// One atomic append: events for one or several streams, and checks on others.
///
/// A stream stands in it at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Append {
    /// The streams written, in the order in which their events take positions.
    pub streams: Vec<StreamAppend>,
    /// The streams that are only checked.
    pub checks: Vec<StreamCheck>,
}

impl Append {
    /// An append to one stream.
    #[must_use]
    pub fn to(stream: StreamName, expected: ExpectedRevision, events: Vec<NewEvent>) -> Self {
        Self {
            streams: vec![StreamAppend {
                stream,
                expected,
                events,
            }],
            checks: Vec::new(),
        }
    }

    /// Events over all streams.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.streams.iter().map(|part| part.events.len()).sum()
    }
}

/// Where one stream stands after an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamReceipt {
    /// The stream.
    pub stream: StreamName,
    /// Its revision after this append's own events.
    pub revision: CurrentRevision,
    /// Position of this append's last event in it; none when nothing was written to it.
    pub position: Option<Position>,
}

/// The answer to an append that was taken, or had been taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Position of the append's last event; for an empty append the head's.
    pub position: Position,
    /// One receipt a stream, in the append's order.
    pub streams: Vec<StreamReceipt>,
    /// The same append had been written before, and nothing was written now.
    pub repeated: bool,
}

/// Why an append was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// A stream is not where the writer expected it; nothing was written.
    #[error("stream {stream} is at {actual}, expected {expected}")]
    Conflict {
        /// The first stream that does not fit.
        stream: StreamName,
        /// What the append asked for.
        expected: ExpectedRevision,
        /// How far the stream is.
        actual: CurrentRevision,
    },
    /// The append breaks a limit; nothing was written.
    #[error("the append is refused: {reason}")]
    Refused {
        /// What is wrong with it.
        reason: Refusal,
    },
    /// The queue is full or the database is locked; nothing was written, try again.
    #[error("the store is busy, try again")]
    Busy,
    /// The log's newest time is more than five minutes ahead of this machine's clock.
    #[error(
        "the clock is behind the log: the log's last event is of {log}, the clock says {clock}"
    )]
    ClockBehind {
        /// Time of the newest event.
        log: Timestamp,
        /// This machine's clock.
        clock: Timestamp,
    },
    /// The engine failed; whether the events were kept may be unknown: repeat the same append.
    #[error("storage failed while appending")]
    Storage {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// The disk has no room; the same append goes through once there is some.
    #[error("the disk of the store is full: free space on it, then repeat the append")]
    DiskFull {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// The file, its file system or the server takes no changes; the same append goes through once it does.
    #[error("the store can only be read: make it writable, then repeat the append")]
    ReadOnly {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// The writer has ended.
    #[error("the store's writer has ended")]
    Closed,
}

/// What is wrong with an append that no queue would take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// One event has too many bytes.
    #[error("event {id} has {bytes} bytes in {part}, at most {max} are taken")]
    EventTooLarge {
        /// The event.
        id: EventId,
        /// `data`, `metadata` or `sealed`.
        part: &'static str,
        /// Bytes given.
        bytes: usize,
        /// Most bytes taken.
        max: usize,
    },
    /// Too many events at once.
    #[error("{events} events in one append, at most {max} are taken")]
    TooManyEvents {
        /// Events given.
        events: usize,
        /// Most events taken.
        max: usize,
    },
    /// Too many bytes at once.
    #[error("{bytes} bytes of events in one append, at most {max} are taken")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
        /// Most bytes taken.
        max: usize,
    },
    /// A content type is empty, too long or contains U+0000, which PostgreSQL text cannot hold.
    #[error("the content type of event {id} is not 1 to {max} bytes without U+0000")]
    BadContentType {
        /// The event.
        id: EventId,
        /// Most bytes taken.
        max: usize,
    },
    /// One stream is named twice.
    #[error("stream {stream} is named twice in one append")]
    StreamTwice {
        /// The stream.
        stream: StreamName,
    },
    /// One event id is used twice.
    #[error("event id {id} is used twice in one append")]
    IdTwice {
        /// The id.
        id: EventId,
    },
}

impl fmt::Display for ExpectedRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any revision"),
            Self::NoStream => f.write_str("no stream"),
            Self::Exists => f.write_str("an existing stream"),
            Self::Exact(revision) => write!(f, "revision {revision}"),
        }
    }
}

impl fmt::Display for CurrentRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStream => f.write_str("no stream"),
            Self::At(revision) => write!(f, "revision {revision}"),
        }
    }
}

impl From<CurrentRevision> for ExpectedRevision {
    fn from(current: CurrentRevision) -> Self {
        match current {
            CurrentRevision::NoStream => Self::NoStream,
            CurrentRevision::At(revision) => Self::Exact(revision),
        }
    }
}

/// Whoever looks at an answer on its way to the caller.
type Seen = Box<dyn FnOnce(&Result<Appended, AppendError>) + Send>;

/// The answer to come of an append that has its place in the queue.
pub struct PendingAppend {
    answer: oneshot::Receiver<Result<Appended, AppendError>>,
    seen: Option<Seen>,
}

impl PendingAppend {
    /// An answer that the writer will send through `receiver`.
    #[must_use]
    pub const fn new(receiver: oneshot::Receiver<Result<Appended, AppendError>>) -> Self {
        Self {
            answer: receiver,
            seen: None,
        }
    }

    /// The same answer, which `seen` looks at when the caller takes it; one that is dropped is not seen.
    #[must_use]
    pub fn seen_by(
        mut self,
        seen: impl FnOnce(&Result<Appended, AppendError>) + Send + 'static,
    ) -> Self {
        let before = self.seen.take();
        self.seen = Some(Box::new(move |answer| {
            if let Some(before) = before {
                before(answer);
            }
            seen(answer);
        }));
        self
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// Those of [`super::EventStore::append`].
    pub async fn wait(self) -> Result<Appended, AppendError> {
        let answer = self.answer.await.unwrap_or(Err(AppendError::Closed));
        if let Some(seen) = self.seen {
            seen(&answer);
        }
        answer
    }
}

impl fmt::Debug for PendingAppend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAppend")
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}
