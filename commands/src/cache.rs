//! Folded streams kept between commands, bounded by their events, and the appends under way.

use std::collections::HashMap;

use ledger_core::id::StreamName;
use ledger_core::store::CurrentRevision;
use lru::LruCache;

use crate::state::Folded;

/// Folds of the streams used last, and how many unconfirmed appends each stream has.
#[derive(Debug)]
pub(crate) struct Cache {
    folds: LruCache<StreamName, Folded>,
    flights: HashMap<StreamName, usize>,
    events: usize,
    events_max: usize,
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

    /// Notes an unconfirmed append to a stream.
    pub(crate) fn depart(&mut self, stream: &StreamName) {
        let count = self.flights.entry(stream.clone()).or_default();
        *count = count.saturating_add(1);
    }

    /// Notes that an append to a stream is confirmed, refused or given up.
    pub(crate) fn land(&mut self, stream: &StreamName) {
        let Some(count) = self.flights.get_mut(stream) else {
            return;
        };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.flights.remove(stream);
        }
    }

    /// Whether a stream has unconfirmed appends, so that a read may miss them.
    pub(crate) fn in_flight(&self, stream: &StreamName) -> bool {
        self.flights.contains_key(stream)
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
    use ledger_core::id::ChildId;

    fn stream(number: u128) -> StreamName {
        StreamName::child(ChildId::new(uuid::Uuid::from_u128(number)))
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

    #[test]
    fn a_stream_is_in_flight_until_each_of_its_appends_has_landed() {
        let mut cache = Cache::new(100);

        cache.depart(&stream(1));
        cache.depart(&stream(1));
        cache.land(&stream(1));

        assert!(cache.in_flight(&stream(1)));
        cache.land(&stream(1));
        assert!(!cache.in_flight(&stream(1)));
    }
}
