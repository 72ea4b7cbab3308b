//! What the writer asks of an engine: few calls, each one round trip or one transaction.

use std::sync::Arc;

use async_trait::async_trait;

use super::super::NewEvent;
use super::super::append::BoxError;
use super::super::read::Head;
use crate::id::{EventId, Position, Revision, StreamName};
use crate::proof::{Frontier, Hash};
use crate::time::Timestamp;

/// The number under which an engine keeps a stream or an event type.
///
/// It is the position of the first event that used the name, so that the writer knows it before
/// the commit and no sequence is needed.
pub(crate) type RowId = i64;

/// A stream as an engine holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StreamRow {
    /// Its number.
    pub(crate) id: RowId,
    /// Revision of its newest event.
    pub(crate) revision: Revision,
}

/// An event with everything that the writer has settled for it.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    pub(crate) position: Position,
    pub(crate) stream_id: RowId,
    pub(crate) revision: Revision,
    pub(crate) type_id: RowId,
    pub(crate) event: NewEvent,
    pub(crate) leaf_hash: Hash,
}

/// Everything that one transaction writes.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The head on which all of it rests; if the engine's differs, nothing is written.
    pub(crate) expected_position: Position,
    /// Epoch of that head.
    pub(crate) expected_epoch: u64,
    /// The time of every event in it.
    pub(crate) recorded_at: Timestamp,
    /// Names that are new with this group.
    pub(crate) new_streams: Vec<(RowId, StreamName)>,
    /// Types that are new with this group.
    pub(crate) new_types: Vec<(RowId, String)>,
    /// Its events, positions dense from `expected_position + 1`.
    pub(crate) events: Vec<EventRow>,
    /// The tree's right edge after the last event.
    pub(crate) frontier: Frontier,
}

/// What became of a group.
#[derive(Debug)]
pub(crate) enum Commit {
    /// Durably written.
    Written,
    /// Somebody else wrote first; nothing was written, and this is the head now.
    Fenced(Head),
}

/// Why an engine could not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    /// Locked for longer than the busy timeout; nothing was written.
    #[error("the database is locked")]
    Busy,
    /// No room on the disk; nothing was written.
    #[error("the disk is full")]
    DiskFull(#[source] BoxError),
    /// The file or the server takes no changes; nothing was written.
    #[error("the database is read-only")]
    ReadOnly(#[source] BoxError),
    /// Anything else; a commit may or may not have happened.
    #[error("the engine failed")]
    Failed(#[source] BoxError),
}

/// The writer's half of a backend.
///
/// Calls come one at a time. After an error the engine reconnects by itself with the next call.
#[async_trait]
pub(crate) trait Engine: Send + 'static {
    /// Reads the head row.
    async fn head(&mut self) -> Result<Head, EngineError>;

    /// Reads the rows of these streams, in their order; `None` where there is none.
    async fn streams(
        &mut self,
        names: &[StreamName],
    ) -> Result<Vec<Option<StreamRow>>, EngineError>;

    /// Reads the numbers of these types, in their order; `None` where there is none.
    async fn types(&mut self, names: &[String]) -> Result<Vec<Option<RowId>>, EngineError>;

    /// Reads ids and positions of a stream's events from `from` on, at most `count`, in order.
    async fn event_ids(
        &mut self,
        stream: RowId,
        from: Revision,
        count: usize,
    ) -> Result<Vec<(EventId, Position)>, EngineError>;

    /// Writes a group in one transaction if the head is still the expected one.
    async fn commit(&mut self, group: Arc<Group>) -> Result<Commit, EngineError>;

    /// Ends what connects it; it was the last call.
    async fn close(self);
}
