//! How often somebody may try to sign in.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use ledger_core::actor::Actor;

/// Tries a minute with one account's name.
const OF_ACCOUNT: NonZeroU32 = NonZeroU32::new(5).expect("above zero");
/// Tries a minute in all: each costs 19 MiB and tens of milliseconds.
const OF_ALL: NonZeroU32 = NonZeroU32::new(60).expect("above zero");
/// Names after which those are forgotten that were not tried lately.
const NAMES_MAX: usize = 1_000;

/// Counts tries, of this process alone.
pub struct Tries {
    of_account: DefaultKeyedRateLimiter<Actor>,
    of_all: DefaultDirectRateLimiter,
}

impl Tries {
    /// Nobody tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            of_account: RateLimiter::keyed(Quota::per_minute(OF_ACCOUNT)),
            of_all: RateLimiter::direct(Quota::per_minute(OF_ALL)),
        }
    }

    /// Takes one try; whether there was one left.
    #[must_use]
    pub fn take(&self, account: &Actor) -> bool {
        if self.of_account.len() > NAMES_MAX {
            self.of_account.retain_recent();
        }
        self.of_account.check_key(account).is_ok() && self.of_all.check().is_ok()
    }
}

impl Default for Tries {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_tried_five_times_a_minute_and_others_go_on() {
        let (tries, sato) = (Tries::new(), Actor::new("sato").unwrap());
        let taken = (0..8).filter(|_| tries.take(&sato)).count();
        assert_eq!(taken, 5);
        assert!(tries.take(&Actor::new("suzuki").unwrap()));
    }
}
