//! Where a torture's random choices come from: a number that is printed and can be set again.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::time::Duration;

/// Sets the number with which random choices begin; what the machine does meanwhile stays its own.
const VARIABLE: &str = "CARE_LEDGER_TORTURE_SEED";

/// Random choices.
pub struct Seed(StdRng);

impl Seed {
    /// The number that the environment names, or a new one; printed, for the test's report.
    #[must_use]
    pub fn of_environment(what: &str) -> Self {
        let named = std::env::var(VARIABLE).ok();
        let seed = named.and_then(|text| text.parse().ok());
        let seed = seed.unwrap_or_else(rand::random::<u64>);
        eprintln!("{what}: {VARIABLE}={seed}");
        Self(StdRng::seed_from_u64(seed))
    }

    /// Choices of their own for a thread.
    #[must_use]
    pub fn split(&mut self) -> Self {
        Self(StdRng::seed_from_u64(self.0.random()))
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.0.random_range(0..count)
    }

    /// A time between two numbers of milliseconds.
    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(self.0.random_range(from..=to))
    }

    /// A number of bytes below 2^`to`, each order of magnitude as likely as another.
    pub fn bytes(&mut self, from: u32, to: u32) -> u64 {
        let order = self.0.random_range(from..to);
        self.0.random_range(1_u64 << order..2_u64 << order)
    }
}
