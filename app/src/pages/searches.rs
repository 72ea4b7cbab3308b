//! What was searched for lately, in memory alone: so its results have an address to come back to that tells nothing of it.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use ledger_core::actor::Actor;
use ledger_core::time::Timestamp;
use lru::LruCache;

/// Most searches that are held.
const MOST: NonZeroUsize = NonZeroUsize::new(1_000).unwrap();
/// For how long one is held, in microseconds: as long as somebody goes through what was found.
const LASTS: i64 = 30 * 60 * 1_000_000;

/// The searches of everybody.
pub struct Searches(Mutex<Held>);

struct Held {
    /// The number of the next.
    next: u64,
    searches: LruCache<u64, Search>,
}

struct Search {
    by: Actor,
    at: Timestamp,
    text: String,
}

impl Default for Searches {
    fn default() -> Self {
        Self(Mutex::new(Held {
            next: 1,
            searches: LruCache::new(MOST),
        }))
    }
}

impl Searches {
    /// Holds what somebody searches for; by the number they come back to it.
    pub(super) fn hold(&self, by: &Actor, text: String, at: Timestamp) -> u64 {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = held.next;
        held.next = number.saturating_add(1);
        let by = by.clone();
        held.searches.put(number, Search { by, at, text });
        number
    }

    /// What they searched for by this number; none where that is long ago, or somebody else did.
    pub(super) fn text(&self, by: &Actor, number: u64, now: Timestamp) -> Option<String> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let search = held.searches.get(&number)?;
        if now.micros().saturating_sub(search.at.micros()) > LASTS {
            held.searches.pop(&number);
            return None;
        }
        (search.by == *by).then(|| search.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_come_back_to_by_whoever_searched_and_for_a_while() {
        let at = |minutes: i64| Timestamp::from_micros(minutes * 60_000_000).unwrap();
        let (sato, ito) = (Actor::new("sato").unwrap(), Actor::new("ito").unwrap());
        let searches = Searches::default();
        let first = searches.hold(&sato, "見本".to_owned(), at(0));
        let second = searches.hold(&sato, "例示".to_owned(), at(1));

        let found = |by, number, now| searches.text(by, number, at(now));
        assert_eq!(found(&sato, first, 30).as_deref(), Some("見本"));
        assert_eq!(found(&sato, second, 30).as_deref(), Some("例示"));
        assert_eq!(found(&ito, first, 1), None, "somebody else's");
        assert_eq!(found(&sato, first, 31), None, "long ago");
        assert_eq!(found(&sato, 99, 1), None);
    }
}
