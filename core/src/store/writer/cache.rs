//! What the writer remembers of streams and types; true at the head that it knows.

use std::collections::VecDeque;
use std::num::NonZeroUsize;

use lru::LruCache;

use super::engine::{RowId, StreamRow};
use crate::id::{EventId, EventType, Position, Revision, StreamName};

/// Most streams remembered.
const STREAMS_MAX: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();
/// Most event types remembered.
const TYPES_MAX: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();
/// Most newest events remembered of one stream.
const TAIL_MAX: usize = 16;

/// A stream as remembered.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub(super) id: RowId,
    /// Revision of the newest event.
    pub(super) revision: Revision,
    /// The newest events, oldest first, ending at `revision`; may hold fewer than there are.
    tail: VecDeque<(EventId, Position)>,
}

impl Stream {
    pub(super) fn known(row: StreamRow) -> Self {
        Self {
            id: row.id,
            revision: row.revision,
            tail: VecDeque::new(),
        }
    }

    pub(super) fn begun(id: RowId, event: (EventId, Position)) -> Self {
        Self {
            id,
            revision: Revision::new(0),
            tail: VecDeque::from([event]),
        }
    }

    /// Adds the stream's next event.
    pub(super) fn push(&mut self, event: (EventId, Position)) {
        self.revision = self.revision.plus(1);
        if self.tail.len() == TAIL_MAX {
            self.tail.pop_front();
        }
        self.tail.push_back(event);
    }

    /// The remembered events from `from` on, at most `count`, if all of them are remembered.
    pub(super) fn remembered(
        &self,
        from: Revision,
        count: usize,
    ) -> Option<Vec<(EventId, Position)>> {
        let first = self
            .revision
            .get()
            .saturating_add(1)
            .checked_sub(u64::try_from(self.tail.len()).ok()?)?;
        let skip = usize::try_from(from.get().checked_sub(first)?).ok()?;
        Some(self.tail.iter().skip(skip).take(count).copied().collect())
    }
}

/// What the writer remembers.
pub(super) struct Cache {
    pub(super) streams: LruCache<StreamName, Stream>,
    pub(super) types: LruCache<EventType, RowId>,
}

impl Cache {
    pub(super) fn new() -> Self {
        Self {
            streams: LruCache::new(STREAMS_MAX),
            types: LruCache::new(TYPES_MAX),
        }
    }

    /// Forgets the streams, which other writers may have moved on; types never change.
    pub(super) fn forget_streams(&mut self) {
        self.streams.clear();
    }

    /// Forgets everything: after a failure the engine may be another server with a shorter log.
    pub(super) fn forget_all(&mut self) {
        self.streams.clear();
        self.types.clear();
    }
}
