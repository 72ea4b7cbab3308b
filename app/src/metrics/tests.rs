//! Each outcome counts in its own counter, and the text is what Prometheus reads.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use ledger_core::id::{Position, StreamName};
use ledger_core::store::{
    Append, AppendError, AppendOutcome, Appended, CurrentRevision, Deliveries, EventPage,
    EventStore, ExpectedRevision, Followed, Head, Observed, Observer, PendingAppend, ReadAll,
    ReadError, ReadStream, Refusal,
};
use ledger_core::time::Timestamp;
use tokio::sync::oneshot;

use super::Metrics;

/// A store that answers every append with the same.
struct Scripted(Mutex<Option<Result<Appended, AppendError>>>);

#[async_trait]
impl EventStore for Scripted {
    async fn submit(&self, _append: Append) -> Result<PendingAppend, AppendError> {
        let (sender, receiver) = oneshot::channel();
        let answer = self.0.lock().unwrap().take().unwrap();
        drop(sender.send(answer));
        Ok(PendingAppend::new(receiver))
    }

    async fn read_stream(&self, _read: &ReadStream) -> Result<EventPage, ReadError> {
        Err(ReadError::Busy)
    }

    async fn read_all(&self, _read: &ReadAll) -> Result<EventPage, ReadError> {
        Err(ReadError::Storage {
            source: "away".into(),
        })
    }

    async fn head(&self) -> Result<Head, ReadError> {
        Err(ReadError::Damaged {
            position: Position::new(1),
            what: "its hash",
        })
    }

    async fn follow(&self, _followed: Followed) -> Result<Deliveries, ReadError> {
        Err(ReadError::Busy)
    }
}

fn appended(repeated: bool) -> Appended {
    Appended {
        position: Position::new(7),
        streams: Vec::new(),
        repeated,
    }
}

fn answer(outcome: AppendOutcome) -> Result<Appended, AppendError> {
    let moment: Timestamp = "2024-04-01T00:00:00Z".parse().unwrap();
    match outcome {
        AppendOutcome::Written => Ok(appended(false)),
        AppendOutcome::Repeated => Ok(appended(true)),
        AppendOutcome::Conflict => Err(AppendError::Conflict {
            stream: StreamName::new("child-1").unwrap(),
            expected: ExpectedRevision::NoStream,
            actual: CurrentRevision::NoStream,
        }),
        AppendOutcome::Refused => Err(AppendError::Refused {
            reason: Refusal::TooManyEvents { events: 2, max: 1 },
        }),
        AppendOutcome::Busy => Err(AppendError::Busy),
        AppendOutcome::ClockBehind => Err(AppendError::ClockBehind {
            log: moment,
            clock: moment,
        }),
        AppendOutcome::Unknown => Err(AppendError::Storage {
            source: "away".into(),
        }),
        AppendOutcome::DiskFull => Err(AppendError::DiskFull {
            source: "no room".into(),
        }),
        AppendOutcome::ReadOnly => Err(AppendError::ReadOnly {
            source: "no writing".into(),
        }),
        AppendOutcome::Closed => Err(AppendError::Closed),
    }
}

/// A sample of the text.
fn value(metrics: &Metrics, sample: &str) -> f64 {
    let text = metrics.text();
    let line = text.lines().find_map(|line| line.strip_prefix(sample));
    let line = line.unwrap_or_else(|| panic!("no {sample} in\n{text}"));
    line.trim().parse().unwrap()
}

fn ends(metrics: &Metrics, outcome: AppendOutcome) -> f64 {
    let name = outcome.name();
    value(
        metrics,
        &format!("care_ledger_appends_total{{outcome=\"{name}\"}}"),
    )
}

#[tokio::test]
async fn each_outcome_of_an_append_counts_in_its_own_counter() {
    for outcome in AppendOutcome::ALL {
        for submitted in [false, true] {
            let metrics = Metrics::new().unwrap();
            let store = Scripted(Mutex::new(Some(answer(outcome))));
            let store = Observed::new(store, metrics.store.clone());

            let given = if submitted {
                store.submit(Append::default()).await.unwrap().wait().await
            } else {
                store.append(Append::default()).await
            };

            assert_eq!(AppendOutcome::of(&given), outcome);
            for other in AppendOutcome::ALL {
                let expected = f64::from(u8::from(other == outcome));
                assert!(
                    (ends(&metrics, other) - expected).abs() < f64::EPSILON,
                    "{outcome:?}: {other:?}"
                );
            }
            let timed = value(&metrics, "care_ledger_append_seconds_count");
            assert!((timed - 1.0).abs() < f64::EPSILON);
        }
    }
}

#[tokio::test]
async fn each_outcome_of_a_read_counts_in_its_own_counter() {
    let metrics = Metrics::new().unwrap();
    let store = Observed::new(Scripted(Mutex::new(None)), metrics.store.clone());
    let stream = ReadStream::whole(StreamName::new("child-1").unwrap());

    assert!(store.read_stream(&stream).await.is_err());
    assert!(
        store
            .read_all(&ReadAll::after(Position::default()))
            .await
            .is_err()
    );
    assert!(store.head().await.is_err());

    let failed = [("stream", "busy"), ("all", "failed"), ("head", "damaged")];
    for read in ["stream", "all", "head"] {
        for outcome in ["ok", "busy", "failed", "damaged", "pattern"] {
            let labels = format!("{{read=\"{read}\",outcome=\"{outcome}\"}}");
            let found = value(&metrics, &format!("care_ledger_reads_total{labels}"));
            let expected = f64::from(u8::from(failed.contains(&(read, outcome))));
            assert!((found - expected).abs() < f64::EPSILON, "{labels}");
        }
    }
}

#[test]
fn the_queue_ends_where_it_began_whatever_is_told_first() {
    let metrics = Metrics::new().unwrap();
    let observer: Arc<dyn Observer> = metrics.store.clone();

    observer.appends_left_queue(2);
    observer.append_queued();
    observer.append_queued();

    assert!(value(&metrics, "care_ledger_append_queue_length").abs() < f64::EPSILON);
}

#[test]
fn large_counts_stay_exact() {
    for count in [0, 1, u64::from(u32::MAX), 1 << 33, (1 << 53) - 1] {
        let shown = super::float(count).to_string();

        assert_eq!(shown, count.to_string());
    }
}
