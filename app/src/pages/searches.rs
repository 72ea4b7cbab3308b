//! What was searched for lately, in memory alone: so its results have an address to come back to that tells nothing of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ledger_core::actor::Actor;
use ledger_core::time::{Clock, Timestamp};

/// Most searches that are held.
const MOST: usize = 1_000;
/// For how long one is held, in microseconds: as long as somebody goes through what was found.
const LASTS: i64 = 30 * 60 * 1_000_000;
/// How often it is looked for what is held for too long.
const LOOKED_EVERY: Duration = Duration::from_mins(1);

/// The searches of everybody.
#[derive(Default)]
pub struct Searches(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// The number of the last.
    last: u64,
    /// By their numbers, the oldest first.
    searches: BTreeMap<u64, Search>,
}

struct Search {
    by: Actor,
    at: Timestamp,
    text: String,
}

impl Searches {
    /// Holds what somebody searches for; by the number they come back to it.
    pub(super) fn hold(&self, by: &Actor, text: String, at: Timestamp) -> u64 {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.forget(at);
        while held.searches.len() >= MOST {
            held.searches.pop_first();
        }
        held.last = held.last.saturating_add(1);
        let (number, by) = (held.last, by.clone());
        held.searches.insert(number, Search { by, at, text });
        number
    }

    /// Gives up, for ever, what is long ago; drop it to end.
    pub async fn forget(&self, clock: &dyn Clock) {
        loop {
            tokio::time::sleep(LOOKED_EVERY).await;
            let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            held.forget(clock.now());
        }
    }

    /// What they searched for by this number; none where that is long ago, or somebody else did.
    pub(super) fn text(&self, by: &Actor, number: u64, now: Timestamp) -> Option<String> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.forget(now);
        let search = held.searches.get(&number)?;
        (search.by == *by).then(|| search.text.clone())
    }
}

impl Held {
    /// Gives up what is long ago.
    fn forget(&mut self, now: Timestamp) {
        let is_recent = |at: Timestamp| now.micros().saturating_sub(at.micros()) <= LASTS;
        self.searches.retain(|_, search| is_recent(search.at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_micros(minutes.saturating_mul(60_000_000)).unwrap()
    }

    #[test]
    fn a_search_is_come_back_to_by_whoever_searched_and_for_a_while() {
        let (sato, ito) = (Actor::new("sato").unwrap(), Actor::new("ito").unwrap());
        let searches = Searches::default();
        let first = searches.hold(&sato, "見本".to_owned(), at(0));
        let second = searches.hold(&sato, "例示".to_owned(), at(1));

        let found = |by, number, now| searches.text(by, number, at(now));
        assert_eq!(found(&sato, first, 30).as_deref(), Some("見本"));
        assert_eq!(found(&sato, second, 30).as_deref(), Some("例示"));
        assert_eq!(found(&ito, first, 1), None, "somebody else's");
        assert_eq!(found(&sato, 99, 1), None);
        assert_eq!(found(&sato, first, 31), None, "long ago");
    }

    #[test]
    fn what_is_long_ago_is_gone_from_memory() {
        let sato = Actor::new("sato").unwrap();
        let searches = Searches::default();
        searches.hold(&sato, "見本".to_owned(), at(0));
        searches.hold(&sato, "例示".to_owned(), at(31));
        assert_eq!(searches.0.lock().unwrap().searches.len(), 1);
        for _ in 0..MOST {
            searches.hold(&sato, "見本".to_owned(), at(31));
        }
        assert_eq!(searches.0.lock().unwrap().searches.len(), MOST);
    }
}
