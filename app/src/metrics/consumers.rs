//! How far consumers are, as metrics: they come and go while the program runs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ledger_core::id::Position;
use ledger_projections::consumer::{ConsumerName, Partition, PartitionState};
use metrics::Gauge;
use metrics_exporter_prometheus::PrometheusRecorder;

use super::float;
use super::register::Register;
use super::table;

/// Most partitions that are measured, of all consumers together.
const PARTITIONS_MAX: usize = 1_024;

/// The metrics of consumers.
pub struct ConsumerMetrics {
    recorder: PrometheusRecorder,
    known: Mutex<HashMap<(ConsumerName, Partition), PartitionMetrics>>,
}

/// The metrics of one partition.
struct PartitionMetrics {
    lag: Gauge,
    stopped: Gauge,
}

impl ConsumerMetrics {
    pub(super) fn new(recorder: PrometheusRecorder) -> Self {
        Self {
            recorder,
            known: Mutex::default(),
        }
    }

    /// Notes how every partition of every consumer is; those that are gone lack nothing any more.
    pub fn are(&self, states: &[PartitionState], head: Position) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for metrics in known.values() {
            metrics.set(0, false);
        }
        for state in states {
            let of = (state.consumer.clone(), state.partition);
            if !known.contains_key(&of) && known.len() >= PARTITIONS_MAX {
                continue;
            }
            let metrics = known
                .entry(of)
                .or_insert_with(|| PartitionMetrics::new(&Register::new(&self.recorder), state));
            metrics.set(state.lag(head), state.fault.is_some());
        }
    }
}

impl PartitionMetrics {
    fn new(register: &Register<'_>, state: &PartitionState) -> Self {
        let partition = state.partition.to_string();
        let of = [
            ("consumer", state.consumer.as_str()),
            ("partition", partition.as_str()),
        ];
        Self {
            lag: register.gauge(&table::CONSUMER_LAG, &of),
            stopped: register.gauge(&table::CONSUMER_STOPPED, &of),
        }
    }

    fn set(&self, lag: u64, stopped: bool) {
        self.lag.set(float(lag));
        self.stopped.set(f64::from(u8::from(stopped)));
    }
}
