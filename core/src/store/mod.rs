//! The event store: what it promises, and the engines that keep the promise.
//!
//! One ordered, append-only log. Every event has a dense [`Position`] in it, a stream and a dense
//! [`Revision`](crate::id::Revision) there. A reader's checkpoint is one position: everything after it is
//! `position > checkpoint`, complete by construction.

mod ahead;
mod append;
pub mod audit;
mod coded;
mod event;
mod filter;
mod follow;
mod lease;
mod migrate;
mod names;
mod observed;
mod observer;
mod open;
mod outcome;
mod page;
pub mod postgres;
mod read;
pub mod sqlite;
mod traced;
pub(crate) mod writer;

pub use append::{
    Append, AppendError, Appended, BoxError, CurrentRevision, ExpectedRevision, PendingAppend,
    Refusal, StreamAppend, StreamCheck, StreamReceipt,
};
pub(crate) use event::CONTENT_TYPE_BYTES_MAX;
pub use event::{JSON, NewEvent, StoredEvent};
pub use filter::{Filter, NameFilter, Pattern, PatternError};
pub use follow::{Deliveries, Delivery, Followed};
pub use lease::{HeldLease, Lease, LeaseError, Leases};
pub use observed::Observed;
pub use observer::{Observer, ReadKind};
pub use open::OpenError;
pub use outcome::{AppendOutcome, ReadOutcome};
pub use read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream, Subscription};
pub use traced::Traced;

use async_trait::async_trait;

use crate::id::{LedgerId, Position};

/// The limits of a store; every number in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest `data`, `metadata` or `sealed` of one event, in bytes.
    pub event_bytes: usize,
    /// Most events in one append, over all its streams.
    pub append_events: usize,
    /// Most bytes of events in one append, over all its streams.
    pub append_bytes: usize,
    /// Most appends that wait for the writer; one more is told to retry.
    pub queue_appends: usize,
    /// Most bytes of events that wait for the writer; an append beyond them is told to retry.
    pub queue_bytes: usize,
    /// Most events that one group commit takes.
    pub group_events: usize,
    /// Most bytes of events that one group commit takes.
    pub group_bytes: usize,
    /// Most events in one page of a read.
    pub page_events: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            event_bytes: 1 << 20,
            append_events: 1_000,
            append_bytes: 64 << 20,
            queue_appends: 1_024,
            queue_bytes: 256 << 20,
            group_events: 4_096,
            group_bytes: 16 << 20,
            page_events: 2_000,
        }
    }
}

/// A store of events, as every backend and every decorator keeps it.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Gives an append its place in the writer's queue and returns at once with the answer to come.
    ///
    /// Appends of one caller are written in the order in which `submit` returned. A dropped
    /// [`PendingAppend`] may still be written.
    ///
    /// # Errors
    /// [`AppendError::Busy`] when the queue is full, [`AppendError::Refused`] for an append that
    /// no queue would take (too large, no name), [`AppendError::Closed`] when the writer has ended.
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError>;

    /// Adds events to one or several streams, all or none, and returns where they stand.
    ///
    /// Repeating an append with the same event ids at the same expected revisions returns the
    /// first result. A dropped call may still have been written: repeat it.
    ///
    /// # Errors
    /// Those of [`EventStore::submit`], and [`AppendError::Conflict`] when a stream or a check is
    /// not at its expected revision, [`AppendError::ClockBehind`] when this machine's clock is more
    /// than five minutes behind the log, [`AppendError::DiskFull`] and [`AppendError::ReadOnly`] when
    /// there is nowhere to write to, [`AppendError::Storage`] when the outcome is unknown.
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.submit(append).await?.wait().await
    }

    /// Reads one page of one stream, in revision order or against it.
    ///
    /// A stream that does not exist reads as empty.
    ///
    /// # Errors
    /// [`ReadError`] when the engine fails or holds what this program cannot read.
    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError>;

    /// Reads one page of the whole log, in position order or against it.
    ///
    /// With a filter, the page may be short or empty though more follows: `next` says where to go
    /// on, and is `None` at the end of the log.
    ///
    /// # Errors
    /// [`ReadError`] when the engine fails or holds what this program cannot read.
    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError>;

    /// The newest position, its time and the tree's frontier.
    ///
    /// # Errors
    /// [`ReadError`] when the engine fails.
    async fn head(&self) -> Result<Head, ReadError>;

    /// Follows the log or one stream: what is there, then what comes, in committed order, none twice
    /// and none missed. Ends only when it is dropped or the store fails.
    ///
    /// # Errors
    /// [`ReadError`] when the engine fails.
    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError>;

    /// Follows the log from after `from`, and gives the events alone.
    ///
    /// # Errors
    /// Those of [`EventStore::follow`].
    async fn subscribe(&self, from: Position, filter: Filter) -> Result<Subscription, ReadError> {
        let followed = Followed::Log {
            after: from,
            filter,
        };
        Ok(follow::events(self.follow(followed).await?))
    }
}

/// A store that holds a ledger, as every backend is.
pub trait LedgerStore: EventStore + Leases {
    /// The ledger in it.
    fn ledger_id(&self) -> LedgerId;
}
