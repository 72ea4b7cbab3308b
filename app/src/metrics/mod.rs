//! The numbers by which the program is watched, as Prometheus' text; nothing personal is among them.
//!
//! There is no global recorder: who counts holds the handles, so that two ledgers in one process never
//! add up.

mod consumers;
mod kept;
mod register;
mod store;
pub mod table;
#[cfg(test)]
mod tests;

pub use consumers::ConsumerMetrics;
pub use kept::{KeptMetrics, ProjectionMetrics};
pub use store::StoreMetrics;

use std::sync::Arc;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use self::register::Register;

/// Bounds of times: from a cached read to a server that hangs.
const SECONDS: [f64; 13] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// Bounds of a group's size, up to the most that one takes.
const EVENTS: [f64; 10] = [
    1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0, 1_024.0, 4_096.0, 16_384.0,
];

/// Every metric of one ledger that is open.
#[derive(Clone)]
pub struct Metrics {
    /// Of the store; it is the store's observer.
    pub store: Arc<StoreMetrics>,
    /// Of what the program keeps up to date.
    pub kept: Arc<KeptMetrics>,
    /// Of consumers.
    pub consumers: Arc<ConsumerMetrics>,
    handle: PrometheusHandle,
}

impl Metrics {
    /// All metrics at their beginning.
    ///
    /// # Errors
    /// [`BuildError`] when the bounds of a histogram are none.
    pub fn new() -> Result<Self, BuildError> {
        let bounds = |name: &str| Matcher::Full(name.to_owned());
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(bounds(table::APPEND_SECONDS.name), &SECONDS)?
            .set_buckets_for_metric(bounds(table::READ_SECONDS.name), &SECONDS)?
            .set_buckets_for_metric(bounds(table::GROUP_EVENTS.name), &EVENTS)?
            .build_recorder();
        let register = Register::new(&recorder);
        register.describe(table::ALL);
        let build = register.gauge(&table::BUILD, &[("version", env!("CARGO_PKG_VERSION"))]);
        build.set(1.0);
        Ok(Self {
            store: Arc::new(StoreMetrics::new(&register)),
            kept: Arc::new(KeptMetrics::new(&register)),
            handle: recorder.handle(),
            consumers: Arc::new(ConsumerMetrics::new(recorder)),
        })
    }

    /// Prometheus' text, version 0.0.4.
    #[must_use]
    pub fn text(&self) -> String {
        self.handle.render()
    }

    /// Folds what histograms have gathered; to be called now and then, or they grow.
    pub fn tidy(&self) {
        self.handle.run_upkeep();
    }
}

/// A count as a number that gauges take; exact up to 2^53.
fn float(count: u64) -> f64 {
    let low = u32::try_from(count & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    let high = u32::try_from(count >> 32_u32).unwrap_or(u32::MAX);
    f64::from(high).mul_add(4_294_967_296.0, f64::from(low))
}
