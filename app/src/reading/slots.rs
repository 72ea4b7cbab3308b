//! Places in memory by what they are of: those that were asked for last. Whoever asks for the same waits for one another.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use lru::LruCache;

/// At most so many places.
pub(super) struct Slots<K: Hash + Eq, V, const MOST: usize>(Mutex<LruCache<K, (Instant, Slot<V>)>>);

/// One place; it is locked while it is filled, so that of those who ask at once one does the work for all.
pub(super) type Slot<V> = Arc<futures::lock::Mutex<V>>;

impl<K: Hash + Eq, V, const MOST: usize> Default for Slots<K, V, MOST> {
    fn default() -> Self {
        let most = const { NonZeroUsize::new(MOST).unwrap() };
        Self(Mutex::new(LruCache::new(most)))
    }
}

impl<K: Hash + Eq, V: Default, const MOST: usize> Slots<K, V, MOST> {
    /// The place of this, asked for now; empty where it was not asked for lately.
    pub(super) fn of(&self, key: K, now: Instant) -> Slot<V> {
        let mut places = self.places();
        let place = places.get_or_insert_mut(key, || (now, Slot::default()));
        place.0 = now;
        Arc::clone(&place.1)
    }

    /// Gives up the places that were asked for last before a time.
    pub(super) fn forget_before(&self, time: Instant) {
        let mut places = self.places();
        while places.peek_lru().is_some_and(|(_, place)| place.0 < time) {
            places.pop_lru();
        }
    }

    fn places(&self) -> MutexGuard<'_, LruCache<K, (Instant, Slot<V>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn those_asked_for_last_stay_until_their_time_is_over() {
        let slots: Slots<&str, u32, 2> = Slots::default();
        let at = |seconds| Instant::now() + Duration::from_secs(seconds);
        let (first, later, last) = (at(0), at(10), at(20));
        *slots.of("a", first).lock().await = 1;
        *slots.of("b", first).lock().await = 2;
        assert_eq!(*slots.of("a", later).lock().await, 1);
        slots.forget_before(later);
        assert_eq!(*slots.of("b", later).lock().await, 0, "b was given up");
        assert_eq!(*slots.of("a", last).lock().await, 1, "a was asked for");
        *slots.of("c", last).lock().await = 3;
        assert_eq!(*slots.of("a", last).lock().await, 1);
        assert_eq!(*slots.of("b", last).lock().await, 0, "there was no room");
    }
}
