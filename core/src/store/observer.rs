//! Who is told how a store works: counts and times, never what events say or whose they are.

use std::time::Duration;

use super::outcome::{AppendOutcome, ReadOutcome};

/// What a read asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadKind {
    /// A page of one stream.
    Stream,
    /// A page of the log.
    All,
    /// The newest position.
    Head,
}

impl ReadKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Stream, Self::All, Self::Head];

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::All => "all",
            Self::Head => "head",
        }
    }
}

/// Hears how a store works; each call returns at once.
///
/// Calls of the store are told by [`super::Observed`]; what the writer alone knows is told by the
/// writer of a store that was opened for an observer. `()` hears nothing.
pub trait Observer: Send + Sync {
    /// An append of so many events ended; `took` runs until its caller took the answer.
    fn append_ended(&self, _outcome: AppendOutcome, _took: Duration, _events: usize) {}

    /// A read ended that gave so many events.
    fn read_ended(&self, _read: (ReadKind, ReadOutcome), _took: Duration, _events: usize) {}

    /// A subscription gave one event.
    fn event_delivered(&self) {}

    /// An append asks for a place in the writer's queue.
    fn append_queued(&self) {}

    /// So many appends are in the queue no longer: the writer took them, or there was no place.
    fn appends_left_queue(&self, _appends: usize) {}

    /// The writer committed a group of so many events.
    fn group_committed(&self, _events: usize) {}

    /// Another process wrote first: the writer plans a group again.
    fn group_fenced(&self) {}
}

impl Observer for () {}
