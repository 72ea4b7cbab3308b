//! Folded streams kept between commands, bounded by their events, and the appends under way.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use futures::future::{BoxFuture, Shared};

use ledger_core::id::StreamName;
use ledger_core::store::{AppendError, Appended, CurrentRevision};
use lru::LruCache;

use crate::state::Folded;

/// The answer to an append under way; whoever needs it first drives it.
pub(crate) type Answer = Shared<BoxFuture<'static, Result<Appended, Arc<AppendError>>>>;

/// Folds of the streams used last, and the last append under way for each stream.
pub(crate) struct Cache {
    folds: LruCache<StreamName, Folded>,
    flights: HashMap<StreamName, Answer>,
    events: usize,
    events_max: usize,
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("folds", &self.folds.len())
            .field("flights", &self.flights.len())
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

/// Every fold weighs this many events beside its own, so that empty ones count, too.
const FOLD_EVENTS: usize = 4;

fn weight(folded: &Folded) -> usize {
    folded.events().saturating_add(FOLD_EVENTS)
}

impl Cache {
    pub(crate) fn new(events_max: usize) -> Self {
        Self {
            folds: LruCache::unbounded(),
            flights: HashMap::new(),
            events: 0,
            events_max,
        }
    }

    /// Takes a fold out; whoever takes it puts it back, or nobody trusts it.
    pub(crate) fn take(&mut self, stream: &StreamName) -> Option<Folded> {
        let folded = self.folds.pop(stream)?;
        self.events = self.events.saturating_sub(weight(&folded));
        Some(folded)
    }

    /// The fold of a stream that is so far in the store; none where it rests on an append under way, or was
    /// not folded whole since a correction.
    pub(crate) fn settled(
        &mut self,
        stream: &StreamName,
        stands_at: CurrentRevision,
    ) -> Option<&Folded> {
        if self.flights.contains_key(stream) {
            return None;
        }
        let folded = self.folds.get(stream)?;
        (folded.revision() == stands_at && !folded.is_stale()).then_some(folded)
    }

    /// Keeps a fold unless a newer one of the stream is there, and drops the longest unused ones.
    pub(crate) fn put(&mut self, stream: StreamName, folded: Folded) {
        let other = self.take(&stream);
        let kept = match other {
            Some(other) if place(&other) > place(&folded) => other,
            Some(_) | None => folded,
        };
        self.events = self.events.saturating_add(weight(&kept));
        self.folds.put(stream, kept);
        while self.events > self.events_max {
            let Some((_, dropped)) = self.folds.pop_lru() else {
                break;
            };
            self.events = self.events.saturating_sub(weight(&dropped));
        }
    }

    /// Forgets every fold; appends under way stay known.
    pub(crate) fn clear(&mut self) {
        self.folds.clear();
        self.events = 0;
    }

    /// Notes an append under way.
    pub(crate) fn depart(&mut self, stream: StreamName, answer: Answer) {
        self.flights.insert(stream, answer);
    }

    /// The append under way for a stream, whose outcome must be known before anything rests on it.
    pub(crate) fn flight(&self, stream: &StreamName) -> Option<Answer> {
        self.flights.get(stream).cloned()
    }

    /// Notes that the append under way for a stream has its answer; without success the fold that
    /// rests on it is dropped.
    pub(crate) fn land(&mut self, stream: &StreamName, well: bool) {
        self.flights.remove(stream);
        if !well {
            self.forget(stream);
        }
    }

    /// Forgets the fold of one stream; an append under way stays known.
    pub(crate) fn forget(&mut self, stream: &StreamName) {
        drop(self.take(stream));
    }
}

fn place(folded: &Folded) -> Option<u64> {
    match folded.revision() {
        CurrentRevision::NoStream => None,
        CurrentRevision::At(revision) => Some(revision.get()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;
    use ledger_core::id::{ChildId, Revision};

    fn stream(number: u128) -> StreamName {
        StreamName::child(ChildId::new(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn a_fold_counts_only_where_the_store_is_as_far_and_nothing_is_under_way() {
        let mut cache = Cache::new(3 * FOLD_EVENTS);
        let stream = stream(1);
        cache.put(stream.clone(), Folded::empty(&stream));
        let further = CurrentRevision::At(Revision::default());

        assert!(cache.settled(&stream, further).is_none());
        assert!(cache.settled(&stream, CurrentRevision::NoStream).is_some());

        let never = futures::future::pending().boxed().shared();
        cache.depart(stream.clone(), never);
        assert!(cache.settled(&stream, CurrentRevision::NoStream).is_none());
    }

    #[test]
    fn the_longest_unused_fold_is_dropped_when_the_events_are_too_many() {
        let mut cache = Cache::new(3 * FOLD_EVENTS);

        for number in 1..=4 {
            cache.put(stream(number), Folded::empty(&stream(number)));
        }

        assert!(cache.take(&stream(1)).is_none());
        assert!(cache.take(&stream(2)).is_some());
        assert!(cache.take(&stream(4)).is_some());
        assert_eq!(cache.events, FOLD_EVENTS);
    }
}
