//! How the store works, as metrics.

use std::collections::HashMap;
use std::time::Duration;

use ledger_core::store::{AppendOutcome, Observer, ReadKind, ReadOutcome};
use metrics::{Counter, Gauge, Histogram};

use super::float;
use super::register::Register;
use super::table;

/// The metrics of a store; they are its observer.
pub struct StoreMetrics {
    appends: HashMap<AppendOutcome, Counter>,
    append_seconds: Histogram,
    appended_events: Counter,
    group_events: Histogram,
    fences: Counter,
    queue: Gauge,
    reads: HashMap<(ReadKind, ReadOutcome), Counter>,
    read_seconds: HashMap<ReadKind, Histogram>,
    read_events: HashMap<ReadKind, Counter>,
    subscription_events: Counter,
}

impl StoreMetrics {
    pub(super) fn new(register: &Register<'_>) -> Self {
        let append = |one: AppendOutcome| {
            let of = [("outcome", one.name())];
            (one, register.counter(&table::APPENDS, &of))
        };
        let read = |kind: ReadKind, one: ReadOutcome| {
            let of = [("read", kind.name()), ("outcome", one.name())];
            ((kind, one), register.counter(&table::READS, &of))
        };
        let kinds = ReadKind::ALL.into_iter();
        let reads = kinds
            .clone()
            .flat_map(|kind| ReadOutcome::ALL.map(|one| read(kind, one)));
        let seconds = |kind: ReadKind| {
            let of = [("read", kind.name())];
            (kind, register.histogram(&table::READ_SECONDS, &of))
        };
        let events = |kind: ReadKind| {
            let of = [("read", kind.name())];
            (kind, register.counter(&table::READ_EVENTS, &of))
        };
        Self {
            appends: AppendOutcome::ALL.map(append).into(),
            append_seconds: register.histogram(&table::APPEND_SECONDS, &[]),
            appended_events: register.counter(&table::APPENDED_EVENTS, &[]),
            group_events: register.histogram(&table::GROUP_EVENTS, &[]),
            fences: register.counter(&table::FENCES, &[]),
            queue: register.gauge(&table::QUEUE, &[]),
            reads: reads.collect(),
            read_seconds: kinds.clone().map(seconds).collect(),
            // A head is no event.
            read_events: kinds
                .filter(|kind| *kind != ReadKind::Head)
                .map(events)
                .collect(),
            subscription_events: register.counter(&table::SUBSCRIPTION_EVENTS, &[]),
        }
    }
}

impl Observer for StoreMetrics {
    fn append_ended(&self, outcome: AppendOutcome, took: Duration, events: usize) {
        self.append_seconds.record(took);
        if let Some(count) = self.appends.get(&outcome) {
            count.increment(1);
        }
        if outcome == AppendOutcome::Written {
            self.appended_events.increment(count(events));
        }
    }

    fn read_ended(&self, read: (ReadKind, ReadOutcome), took: Duration, events: usize) {
        if let Some(count) = self.reads.get(&read) {
            count.increment(1);
        }
        if let Some(seconds) = self.read_seconds.get(&read.0) {
            seconds.record(took);
        }
        if let Some(given) = self.read_events.get(&read.0) {
            given.increment(count(events));
        }
    }

    fn event_delivered(&self) {
        self.subscription_events.increment(1);
    }

    fn append_queued(&self) {
        self.queue.increment(1.0);
    }

    fn appends_left_queue(&self, appends: usize) {
        self.queue.decrement(float(count(appends)));
    }

    fn group_committed(&self, events: usize) {
        self.group_events.record(float(count(events)));
    }

    fn group_fenced(&self) {
        self.fences.increment(1);
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
