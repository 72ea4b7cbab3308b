//! How far the log and what is kept of it are, as metrics.

use std::collections::HashMap;
use std::time::Duration;

use ledger_core::id::Position;
use ledger_projections::registry;
use metrics::Gauge;

use super::float;
use super::register::Register;
use super::table;

/// What the one subscription of the program is called.
const SUBSCRIPTION: &str = "projections";

/// The metrics of what the program keeps up to date.
pub struct KeptMetrics {
    store_up: Gauge,
    head: Gauge,
    subscription_lag: Gauge,
    lease_held: Gauge,
    projections: HashMap<&'static str, ProjectionMetrics>,
}

/// The metrics of one kept projection.
pub struct ProjectionMetrics {
    position: Gauge,
    lag: Gauge,
    age: Gauge,
    stopped: Gauge,
}

impl KeptMetrics {
    pub(super) fn new(register: &Register<'_>) -> Self {
        let projections = registry::ALL.iter().map(|one| one.name());
        let subscription = [("subscription", SUBSCRIPTION)];
        Self {
            store_up: register.gauge(&table::STORE_UP, &[]),
            head: register.gauge(&table::HEAD, &[]),
            subscription_lag: register.gauge(&table::SUBSCRIPTION_LAG, &subscription),
            lease_held: register.gauge(&table::LEASE_HELD, &[]),
            projections: projections
                .map(|name| (name, ProjectionMetrics::new(register, name)))
                .collect(),
        }
    }

    /// Notes whether the store answers.
    pub fn store_is_up(&self, up: bool) {
        self.store_up.set(flag(up));
    }

    /// Notes how far the log is, and how far its follower.
    pub fn log_is_at(&self, head: Position, followed: Position) {
        self.head.set(float(head.get()));
        let lag = head.get().saturating_sub(followed.get());
        self.subscription_lag.set(float(lag));
    }

    /// Notes whether this process holds the writer's lease.
    pub fn lease_is_held(&self, held: bool) {
        self.lease_held.set(flag(held));
    }

    /// The metrics of a projection, if there is one of this name.
    #[must_use]
    pub fn projection(&self, name: &str) -> Option<&ProjectionMetrics> {
        self.projections.get(name)
    }
}

impl ProjectionMetrics {
    fn new(register: &Register<'_>, name: &'static str) -> Self {
        let of = [("projection", name)];
        Self {
            position: register.gauge(&table::PROJECTION_POSITION, &of),
            lag: register.gauge(&table::PROJECTION_LAG, &of),
            age: register.gauge(&table::PROJECTION_AGE, &of),
            stopped: register.gauge(&table::PROJECTION_STOPPED, &of),
        }
    }

    /// Notes how far it is behind the head, in events and in the age of the oldest that it lacks.
    pub fn is_at(&self, position: Position, lag: u64, oldest: Duration) {
        self.position.set(float(position.get()));
        self.lag.set(float(lag));
        self.age.set(oldest.as_secs_f64());
    }

    /// Notes whether an event stops it.
    pub fn is_stopped(&self, stopped: bool) {
        self.stopped.set(flag(stopped));
    }
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}
