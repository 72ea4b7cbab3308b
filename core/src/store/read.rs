//! What a read asks for and what it answers.

use std::sync::Arc;

use futures::stream::BoxStream;

use super::StoredEvent;
use super::append::BoxError;
use super::filter::{Filter, PatternError};
use crate::id::{Position, Revision, StreamName};
use crate::proof::{Checkpoint, Frontier};
use crate::task::Ended;
use crate::time::Timestamp;

/// The way along a stream or the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Oldest first.
    Forwards,
    /// Newest first.
    Backwards,
}

/// A page of one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadStream {
    /// The stream.
    pub stream: StreamName,
    /// First revision wanted; none: the stream's beginning, or its end when reading backwards.
    pub from: Option<Revision>,
    /// The way.
    pub direction: Direction,
    /// Most events wanted; the store's page size bounds it further.
    pub limit: usize,
    /// Only events at or before this position: the stream as it stood then.
    pub as_at: Option<Position>,
}

impl ReadStream {
    /// A stream from its beginning, forwards, page by page.
    #[must_use]
    pub const fn whole(stream: StreamName) -> Self {
        Self {
            stream,
            from: None,
            direction: Direction::Forwards,
            limit: usize::MAX,
            as_at: None,
        }
    }
}

/// A page of the whole log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAll {
    /// First position wanted; none: the log's beginning, or its end when reading backwards.
    pub from: Option<Position>,
    /// The way.
    pub direction: Direction,
    /// Most events wanted; the store's page size bounds it further.
    pub limit: usize,
    /// Which events.
    pub filter: Filter,
    /// Only events at or before this position: the log as it stood then.
    pub as_at: Option<Position>,
}

impl ReadAll {
    /// Everything after `checkpoint`, forwards, page by page.
    #[must_use]
    pub fn after(checkpoint: Position) -> Self {
        Self {
            from: Some(checkpoint.plus(1)),
            direction: Direction::Forwards,
            limit: usize::MAX,
            filter: Filter::default(),
            as_at: None,
        }
    }

    /// The event at a position, if there is one.
    #[must_use]
    pub fn one(position: Position) -> Self {
        Self {
            from: Some(position),
            limit: 1,
            ..Self::after(position)
        }
    }

    /// What of it an engine looks after itself.
    pub(crate) fn pushed(&self) -> Self {
        let from = match (self.direction, self.as_at) {
            (Direction::Backwards, Some(at)) => Some(self.from.map_or(at, |from| from.min(at))),
            (Direction::Forwards, _) | (Direction::Backwards, None) => self.from,
        };
        // A pattern looks through whole pages, or each wanted event would be one read of the engine's.
        let whole = self.filter.has_pattern() && self.limit > 0;
        Self {
            from,
            direction: self.direction,
            limit: if whole { usize::MAX } else { self.limit },
            filter: self.filter.pushed(),
            as_at: None,
        }
    }

    /// What is wanted of a page that an engine gave for [`Self::pushed`].
    pub(crate) fn narrow(&self, page: EventPage) -> Result<EventPage, ReadError> {
        let page = self.filter.rest(match self.as_at {
            Some(at) => page.until(at),
            None => page,
        })?;
        Ok(page.first(self.limit))
    }

    /// The same, of the events that a filter wants.
    #[must_use]
    pub fn of(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }
}

/// One page of events, decoded once and shared, and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPage {
    /// The events, in the order of the read.
    pub events: Arc<[StoredEvent]>,
    /// Where to read on: a revision for a stream, a position for the log. `None` at the end.
    pub next: Option<u64>,
}

impl EventPage {
    /// The first events of it, so many at most.
    fn first(self, limit: usize) -> Self {
        match self.events.get(..limit).zip(self.events.get(limit)) {
            None => self,
            Some((first, unfit)) => Self {
                next: Some(unfit.position.get()),
                events: first.into(),
            },
        }
    }

    /// What of it stands at or before a position; after that there is nothing more.
    fn until(self, at: Position) -> Self {
        let within = |event: &&StoredEvent| event.position <= at;
        if self.events.iter().all(|event| within(&event)) {
            let next = self.next.filter(|next| *next <= at.get());
            return Self { next, ..self };
        }
        let events = self.events.iter().filter(within).cloned();
        Self {
            events: events.collect(),
            next: None,
        }
    }
}

/// The newest place of the log and the tree over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Position of the newest event; 0 in an empty log.
    pub position: Position,
    /// Raised when the ownership of the writer changes hands.
    pub epoch: u64,
    /// The tree's right edge; its size equals `position`.
    pub frontier: Frontier,
    /// Time of the newest event; none in an empty log.
    pub recorded_at: Option<Timestamp>,
}

impl Head {
    /// What of it is written down outside the ledger.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            position: self.position,
            root: self.frontier.root(),
        }
    }
}

/// Events as they come, in committed order.
pub type Subscription = BoxStream<'static, Result<StoredEvent, ReadError>>;

/// Why a read failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The engine failed.
    #[error("storage failed while reading")]
    Storage {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// A stored row is not what this program writes.
    #[error("the event at position {position} cannot be read: {what}")]
    Damaged {
        /// The row's position.
        position: Position,
        /// Which column, and how.
        what: &'static str,
    },
    /// A filter's pattern cannot be tried on a name.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// The engine stayed locked; try again.
    #[error("the store is busy, try again")]
    Busy,
}

impl From<Ended> for ReadError {
    fn from(ended: Ended) -> Self {
        Self::Storage {
            source: Box::new(ended),
        }
    }
}
