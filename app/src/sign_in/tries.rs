//! How often somebody may try to sign in.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use ledger_core::actor::Actor;

/// Tries a minute from one address, whatever the names.
const OF_ADDRESS: NonZeroU32 = NonZeroU32::new(20).expect("above zero");
/// Tries a minute with one account's name from one address.
const OF_BOTH: NonZeroU32 = NonZeroU32::new(5).expect("above zero");
/// Tries a minute with one account's name from all addresses: above what one address has, so that none alone
/// shuts the account's owner out.
const OF_ACCOUNT: NonZeroU32 = NonZeroU32::new(20).expect("above zero");
/// Tries a minute in all, far above what a centre needs: each costs 19 MiB and tens of milliseconds.
const OF_ALL: NonZeroU32 = NonZeroU32::new(1_200).expect("above zero");
/// Addresses or names after which those are forgotten that did not try lately.
const KEYS_MAX: usize = 1_000;
/// Most that are remembered; where so many try within a minute, a new one is not let in.
const KEYS_END: usize = 50_000;

/// Counts by a key.
type Keyed<K, C> =
    RateLimiter<K, DefaultKeyedStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;
type Direct<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Counts tries with a password, of this process alone.
pub struct Tries<C: Clock = DefaultClock> {
    address: Keyed<IpAddr, C>,
    both: Keyed<(IpAddr, Actor), C>,
    account: Keyed<Actor, C>,
    all: Direct<C>,
}

impl Tries {
    /// Nobody tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self::by(&DefaultClock::default())
    }
}

impl<C: Clock + Clone> Tries<C> {
    /// Nobody tried yet, by a clock.
    fn by(clock: &C) -> Self {
        Self {
            address: keyed(OF_ADDRESS, clock),
            both: keyed(OF_BOTH, clock),
            account: keyed(OF_ACCOUNT, clock),
            all: RateLimiter::direct_with_clock(Quota::per_minute(OF_ALL), clock.clone()),
        }
    }

    /// Takes one try from an address; whether there was one left.
    ///
    /// The address is counted first: what it tries beyond its own share takes nothing from anybody else.
    #[must_use]
    pub fn take(&self, from: IpAddr, account: &Actor) -> bool {
        let from = network(from);
        has_one(&self.address, &from)
            && has_one(&self.both, &(from, account.clone()))
            && has_one(&self.account, account)
            && self.all.check().is_ok()
    }
}

impl Default for Tries {
    fn default() -> Self {
        Self::new()
    }
}

/// Counts tries with a second factor, which only come after the right password; of this process alone.
pub struct SecondTries(Keyed<Actor, DefaultClock>);

impl SecondTries {
    /// Nobody tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self(keyed(OF_BOTH, &DefaultClock::default()))
    }

    /// Takes one try; whether there was one left.
    #[must_use]
    pub fn take(&self, account: &Actor) -> bool {
        has_one(&self.0, account)
    }
}

impl Default for SecondTries {
    fn default() -> Self {
        Self::new()
    }
}

fn keyed<K: Clone + Eq + Hash, C: Clock + Clone>(a_minute: NonZeroU32, clock: &C) -> Keyed<K, C> {
    let store = DefaultKeyedStateStore::default();
    RateLimiter::new(Quota::per_minute(a_minute), store, clock.clone())
}

fn has_one<K: Clone + Eq + Hash, C: Clock>(of: &Keyed<K, C>, key: &K) -> bool {
    if of.len() > KEYS_MAX {
        of.retain_recent();
    }
    of.len() < KEYS_END && of.check_key(key).is_ok()
}

/// Whose address it is: with IPv6 one connection has 2⁶⁴ of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        four @ IpAddr::V4(_) => four,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn actor(name: &str) -> Actor {
        Actor::new(name).unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_account_is_tried_five_times_a_minute_from_one_address_and_again_later() {
        let clock = FakeRelativeClock::default();
        let (tries, sato) = (Tries::by(&clock), actor("sato"));
        let taken = || (0..8).filter(|_| tries.take(address("10.0.0.1"), &sato));
        assert_eq!(taken().count(), 5);
        assert!(tries.take(address("10.0.0.1"), &actor("suzuki")));

        clock.advance(Duration::from_mins(1));
        assert_eq!(taken().count(), 5);
    }

    #[test]
    fn whoever_tries_over_and_over_shuts_nobody_else_out() {
        let tries = Tries::by(&FakeRelativeClock::default());
        let attacker = address("10.0.0.66");
        let names = (0..500).map(|n| actor(&format!("name-{n}")));
        assert_eq!(names.filter(|name| tries.take(attacker, name)).count(), 20);
        for _ in 0..100 {
            let _refused = tries.take(attacker, &actor("sato"));
        }

        for desk in 1..=50 {
            let desk = address(&format!("10.0.1.{desk}"));
            assert!(tries.take(desk, &actor(&format!("desk-{desk}"))));
        }
        assert!(tries.take(address("10.0.0.1"), &actor("sato")));
        // The names that were refused are not remembered either.
        assert!(tries.both.len() <= 20 + 51, "{}", tries.both.len());
    }

    #[test]
    fn an_account_is_not_tried_without_end_from_many_addresses() {
        let tries = Tries::by(&FakeRelativeClock::default());
        let addresses = (0..100).map(|n| address(&format!("10.0.2.{n}")));
        let taken = addresses.filter(|from| tries.take(*from, &actor("sato")));
        assert_eq!(taken.count(), 20);
    }

    #[test]
    fn addresses_of_one_connection_are_one() {
        let tries = Tries::by(&FakeRelativeClock::default());
        let six = (0..30).map(|n| address(&format!("2001:db8:0:1::{n:x}")));
        let taken = six.filter(|from| tries.take(*from, &actor("sato")));
        assert_eq!(taken.count(), 5);
        assert_eq!(network(address("::ffff:10.0.0.1")), address("10.0.0.1"));
    }
}
