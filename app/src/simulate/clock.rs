//! The clock of a simulated trial: it stands still until the play moves it.

use std::sync::{Arc, Mutex, PoisonError};

use ledger_core::time::{Clock, Timestamp};

/// A clock that shows one moment until it is set; clones show the same one.
#[derive(Clone, Debug)]
pub struct PlayedClock(Arc<Mutex<Timestamp>>);

impl PlayedClock {
    /// Stands at a moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(moment)))
    }

    /// Stands at `moment` from now on.
    pub fn set(&self, moment: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }
}

impl Clock for PlayedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_clones_show_the_moment_that_was_set() {
        let clock = PlayedClock::at("2021-08-01T00:00:00Z".parse().unwrap());
        let clone = clock.clone();

        clock.set("2021-08-02T00:00:00Z".parse().unwrap());

        assert_eq!(clone.now().to_string(), "2021-08-02T00:00:00.000000Z");
    }
}
