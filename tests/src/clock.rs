//! A clock that stands still until it is told otherwise, and ids that count.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use ledger_core::time::{Clock, Timestamp};
use uuid::Uuid;

/// A clock that shows one moment until it is set; clones show the same one.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    /// Stands at `moment`, written `2024-04-01T00:00:00Z`.
    ///
    /// # Panics
    /// When that is no moment.
    #[must_use]
    pub fn at(moment: &str) -> Self {
        let moment: Timestamp = moment.parse().expect("a moment in UTC");
        Self(Arc::new(AtomicI64::new(moment.micros())))
    }

    /// Stands at `moment` from now on, which may be earlier.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.micros(), Ordering::SeqCst);
    }

    /// Moves on by `time`, cut to whole microseconds.
    ///
    /// # Panics
    /// When that is beyond the calendar.
    pub fn advance(&self, time: Duration) {
        let micros = i64::try_from(time.as_micros()).expect("a time within the calendar");
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst)).expect("a time within the calendar")
    }
}

/// UUIDs that count from 1 and have the shape of version 7; clones go on with the same count.
///
/// Two runs that ask in the same order get the same ids.
#[derive(Clone, Debug, Default)]
pub struct CountedIds(Arc<AtomicU64>);

impl CountedIds {
    /// Begins at 1.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next one, as the kind of id that `of` makes: `ids.next(CommandId::new)`.
    pub fn next<Id>(&self, of: impl FnOnce(Uuid) -> Id) -> Id {
        /// Version 7 and the RFC's variant, all else zero.
        const SHAPE: u128 = 0x7000_8000_0000_0000_0000;
        let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        of(Uuid::from_u128(SHAPE | u128::from(count)))
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::id::{ChildId, CommandId};

    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_until_it_is_moved() {
        let clock = FixedClock::at("2024-03-31T14:59:59.5Z");
        let clone = clock.clone();
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.today().to_string(), "2024-03-31");

        clone.advance(Duration::from_millis(500));

        assert_eq!(clock.now().to_string(), "2024-03-31T15:00:00.000000Z");
        assert_eq!(clock.today().to_string(), "2024-04-01");
        clock.set("2021-08-01T00:00:00Z".parse().unwrap());
        assert_eq!(clone.today().to_string(), "2021-08-01");
    }

    #[test]
    fn counted_ids_count_over_all_kinds_and_clones() {
        let ids = CountedIds::new();

        let command = ids.next(CommandId::new);
        let child = ids.clone().next(ChildId::new);

        let text = "00000000-0000-7000-8000-000000000001";
        assert_eq!(command.to_string(), text);
        assert_eq!(child.to_string(), text.replace("01", "02"));
        assert_eq!(command.uuid().get_version_num(), 7);
        assert_eq!(command.uuid().get_variant(), uuid::Variant::RFC4122);
    }
}
