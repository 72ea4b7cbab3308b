//! Every metric of the program: name, kind, unit, labels, meaning; `docs/metrics.md` says what to do.

/// What kind of number a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows, from 0 at the start of the process.
    Counter,
    /// Goes up and down.
    Gauge,
    /// How often values lay at or under each bound.
    Histogram,
}

impl Kind {
    /// Its word in Prometheus' text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A metric and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Name, by the conventions of Prometheus.
    pub name: &'static str,
    /// Kind.
    pub kind: Kind,
    /// What is counted or measured.
    pub unit: &'static str,
    /// Names of its labels; each takes few values, known before the program starts but for consumers.
    pub labels: &'static [&'static str],
    /// One sentence.
    pub help: &'static str,
}

macro_rules! metrics {
    ($($(#[doc = $doc:literal])+ $id:ident = $kind:ident $name:literal in $unit:literal by $labels:expr => $help:literal;)+) => {
        $(
            $(#[doc = $doc])+
            pub const $id: Metric = Metric {
                name: $name,
                kind: Kind::$kind,
                unit: $unit,
                labels: &$labels,
                help: $help,
            };
        )+

        /// Every metric.
        pub const ALL: &[Metric] = &[$($id),+];
    };
}

metrics! {
    /// Time of appends.
    APPEND_SECONDS = Histogram "care_ledger_append_seconds" in "seconds" by []
        => "Time from an append's call until its caller took the answer, however it ended.";
    /// Ends of appends.
    APPENDS = Counter "care_ledger_appends_total" in "appends" by ["outcome"]
        => "Appends of this process by how they ended.";
    /// Events written.
    APPENDED_EVENTS = Counter "care_ledger_appended_events_total" in "events" by []
        => "Events that appends of this process wrote.";
    /// Size of groups.
    GROUP_EVENTS = Histogram "care_ledger_append_group_events" in "events" by []
        => "Events in each group that the writer of this process committed.";
    /// Fences.
    FENCES = Counter "care_ledger_append_fences_total" in "groups" by []
        => "Times that another process had written first, so that a group was planned again.";
    /// The queue.
    QUEUE = Gauge "care_ledger_append_queue_length" in "appends" by []
        => "Appends that wait for the writer of this process.";
    /// Time of reads.
    READ_SECONDS = Histogram "care_ledger_read_seconds" in "seconds" by ["read"]
        => "Time of one read of a page of a stream, of a page of the log, or of the head.";
    /// Ends of reads.
    READS = Counter "care_ledger_reads_total" in "reads" by ["read", "outcome"]
        => "Reads of this process by how they ended.";
    /// Events read.
    READ_EVENTS = Counter "care_ledger_read_events_total" in "events" by ["read"]
        => "Events that reads of this process gave.";
    /// Events of subscriptions.
    SUBSCRIPTION_EVENTS = Counter "care_ledger_subscription_events_total" in "events" by []
        => "Events that subscriptions of this process gave.";
    /// Lag of subscriptions.
    SUBSCRIPTION_LAG = Gauge "care_ledger_subscription_lag_events" in "events" by ["subscription"]
        => "Events between what a subscription gave last and the head.";
    /// Whether the store answers.
    STORE_UP = Gauge "care_ledger_store_up" in "0 or 1" by []
        => "Whether the store answered when it was last looked at; positions and lags are of the last answer.";
    /// The head.
    HEAD = Gauge "care_ledger_head_position" in "position" by []
        => "Position of the newest event.";
    /// Position of projections.
    PROJECTION_POSITION = Gauge "care_ledger_projection_position" in "position" by ["projection"]
        => "Every event up to here is in the live tables of the kept projection; 0 while it has none.";
    /// Lag of projections in events.
    PROJECTION_LAG = Gauge "care_ledger_projection_lag_events" in "events" by ["projection"]
        => "Events that are not yet in the live tables of the kept projection.";
    /// Lag of projections in time.
    PROJECTION_AGE = Gauge "care_ledger_projection_oldest_unapplied_age_seconds" in "seconds" by ["projection"]
        => "Age of the oldest event that is not yet in the kept projection; 0 when none is missing.";
    /// Faults of projections.
    PROJECTION_STOPPED = Gauge "care_ledger_projection_stopped" in "0 or 1" by ["projection"]
        => "Whether an event that cannot be understood or written stops the kept projection.";
    /// Lag of consumers.
    CONSUMER_LAG = Gauge "care_ledger_consumer_lag_events" in "events" by ["consumer", "partition"]
        => "Events of the log that a partition of a consumer has not come past; 0 once the consumer is removed.";
    /// Faults of consumers.
    CONSUMER_STOPPED = Gauge "care_ledger_consumer_stopped" in "0 or 1" by ["consumer", "partition"]
        => "Whether an event that cannot be handled stops a partition of a consumer.";
    /// The lease.
    LEASE_HELD = Gauge "care_ledger_writer_lease_held" in "0 or 1" by []
        => "Whether this process holds the writer's lease and so keeps the projections up to date.";
    /// The program.
    BUILD = Gauge "care_ledger_build_info" in "1" by ["version"]
        => "Always 1; the label says which version of the program runs.";
}
