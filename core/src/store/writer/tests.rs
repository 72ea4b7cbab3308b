//! What the writer does when its engine fails, and how it lays out a group.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::watch;
use uuid::Uuid;

use super::engine::{Commit, Engine, EngineError, Group, RowId, StreamRow};
use super::known::Known;
use super::plan::Plan;
use super::{Request, Writer, WriterHandle};
use crate::id::{EventId, EventType, LedgerId, Position, Revision, StreamName};
use crate::proof::Frontier;
use crate::store::append::{CurrentRevision, PendingAppend};
use crate::store::read::Head;
use crate::store::sqlite::{SqliteStore, engine};
use crate::store::{
    Append, AppendError, Appended, ExpectedRevision, Limits, NewEvent, Refusal, StreamAppend,
};
use crate::time::{Clock, Timestamp};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2024-04-01T12:00:00Z".parse().unwrap()
    }
}

/// What goes wrong with one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Nothing.
    None,
    /// The connection breaks before the engine hears of it.
    Lost,
    /// The engine commits, and the connection breaks before it can say so.
    AnswerLost,
    /// As the last, and another process appends before the writer is back.
    AnswerLostAndOvertaken,
}

/// A real engine that fails as it is told, commit by commit.
struct Faulty<E> {
    engine: E,
    path: PathBuf,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    /// An event with this id is never written.
    poison: Option<EventId>,
    /// Does not answer at all.
    down: Arc<Mutex<bool>>,
    /// Questions for the head until one is not answered.
    heads: Option<u32>,
}

fn broken() -> EngineError {
    EngineError::Failed("the connection is broken".into())
}

#[async_trait]
impl<E: Engine> Engine for Faulty<E> {
    async fn head(&mut self) -> Result<Head, EngineError> {
        self.heads = self.heads.and_then(|heads| heads.checked_sub(1));
        if *self.down.lock().unwrap() || self.heads == Some(0) {
            return Err(broken());
        }
        self.engine.head().await
    }

    async fn streams(
        &mut self,
        names: &[StreamName],
    ) -> Result<Vec<Option<StreamRow>>, EngineError> {
        self.engine.streams(names).await
    }

    async fn types(&mut self, names: &[String]) -> Result<Vec<Option<RowId>>, EngineError> {
        self.engine.types(names).await
    }

    async fn event_ids(
        &mut self,
        stream: RowId,
        from: Revision,
        count: usize,
    ) -> Result<Vec<(EventId, Position)>, EngineError> {
        self.engine.event_ids(stream, from, count).await
    }

    async fn close(self) {
        self.engine.close().await;
    }

    async fn commit(&mut self, group: Arc<Group>) -> Result<Commit, EngineError> {
        if group
            .events
            .iter()
            .any(|row| Some(row.event.id) == self.poison)
        {
            return Err(broken());
        }
        let fault = self.faults.lock().unwrap().pop_front();
        match fault.unwrap_or(Fault::None) {
            Fault::None => self.engine.commit(group).await,
            Fault::Lost => Err(broken()),
            Fault::AnswerLost => {
                self.engine.commit(group).await?;
                Err(broken())
            },
            Fault::AnswerLostAndOvertaken => {
                self.engine.commit(group).await?;
                let overtaking = append("a-1", ExpectedRevision::Any, 20);
                write_apart(&self.path, overtaking).await;
                Err(broken())
            },
        }
    }
}

/// A writer over a new ledger whose engine can be told to fail.
struct Bench {
    folder: tempfile::TempDir,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    down: Arc<Mutex<bool>>,
    poison: Option<EventId>,
    heads: Option<u32>,
}

impl Bench {
    fn new(faults: &[Fault]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bench = Self {
            folder,
            faults: Arc::new(Mutex::new(faults.iter().copied().collect())),
            down: Arc::default(),
            poison: None,
            heads: None,
        };
        SqliteStore::create(&bench.path(), LedgerId::new(Uuid::from_u128(1))).unwrap();
        bench
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("log.db")
    }

    /// Queues all appends at once, so that they gather in one group, and runs the writer to its end.
    async fn write(&self, appends: Vec<Append>) -> Vec<Result<Appended, AppendError>> {
        let engine = Faulty {
            engine: engine(&self.path()),
            path: self.path(),
            faults: Arc::clone(&self.faults),
            poison: self.poison,
            down: Arc::clone(&self.down),
            heads: self.heads,
        };
        write_with(engine, appends).await
    }

    async fn positions(&self) -> u64 {
        engine(&self.path()).head().await.unwrap().position.get()
    }
}

async fn write_with<E: Engine>(
    engine: E,
    appends: Vec<Append>,
) -> Vec<Result<Appended, AppendError>> {
    let limits = Limits::default();
    let (handle, requests) = WriterHandle::new(limits, Arc::new(()));
    let (publish, _) = watch::channel(Position::default());
    let writer = Writer::new(engine, Arc::new(Noon), limits, requests, publish);
    let pending: Vec<PendingAppend> = appends
        .into_iter()
        .map(|append| handle.submit(append).unwrap())
        .collect();
    drop(handle);
    writer.run().await;
    let mut answers = Vec::new();
    for answer in pending {
        answers.push(answer.wait().await);
    }
    answers
}

/// Appends as another process would.
async fn write_apart(path: &std::path::Path, append: Append) -> Appended {
    let mut answers = write_with(engine(path), vec![append]).await;
    answers.remove(0).unwrap()
}

fn event() -> NewEvent {
    typed("sample-happened")
}

fn typed(event_type: &str) -> NewEvent {
    NewEvent {
        id: EventId::new(uuid::Builder::from_random_bytes(rand::random()).into_uuid()),
        event_type: EventType::new(event_type).unwrap(),
        content_type: "text/plain".to_owned(),
        data: Bytes::from_static(b"data"),
        metadata: Bytes::new(),
        sealed: None,
    }
}

fn stream(name: &str) -> StreamName {
    StreamName::new(name).unwrap()
}

fn append(name: &str, expected: ExpectedRevision, count: usize) -> Append {
    Append::to(
        stream(name),
        expected,
        (0..count).map(|_| event()).collect(),
    )
}

const EVERY_EXPECTATION: [ExpectedRevision; 4] = [
    ExpectedRevision::Any,
    ExpectedRevision::Exists,
    ExpectedRevision::Exact(Revision::new(0)),
    ExpectedRevision::NoStream,
];

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_found_again_and_told_once() {
    for fault in [Fault::AnswerLost, Fault::AnswerLostAndOvertaken] {
        for expected in EVERY_EXPECTATION {
            let bench = Bench::new(&[fault]);
            let begun = u64::from(expected != ExpectedRevision::NoStream);
            if begun > 0 {
                write_apart(&bench.path(), append("a-1", ExpectedRevision::Any, 1)).await;
            }

            let answers = bench.write(vec![append("a-1", expected, 3)]).await;

            let appended = answers[0].as_ref().unwrap();
            assert_eq!(
                appended.position.get(),
                begun + 3,
                "{fault:?}, {expected:?}"
            );
            let overtaken = if fault == Fault::AnswerLost { 0 } else { 20 };
            assert_eq!(bench.positions().await, begun + 3 + overtaken);
        }
    }
}

#[tokio::test]
async fn a_commit_that_never_arrived_is_written_at_the_next_attempt() {
    for expected in [ExpectedRevision::Any, ExpectedRevision::NoStream] {
        let bench = Bench::new(&[Fault::Lost, Fault::Lost]);

        let answers = bench.write(vec![append("a-1", expected, 3)]).await;

        assert_eq!(answers[0].as_ref().unwrap().position.get(), 3);
        assert_eq!(bench.positions().await, 3);
    }
}

#[tokio::test]
async fn a_group_whose_answer_is_lost_is_told_to_each_of_its_callers() {
    let bench = Bench::new(&[Fault::AnswerLost]);
    let both = Append {
        streams: ["a-1", "b-1"]
            .map(|name| StreamAppend {
                stream: stream(name),
                expected: ExpectedRevision::Any,
                events: vec![event(), event()],
            })
            .to_vec(),
        checks: Vec::new(),
    };
    let appends = vec![
        append("a-1", ExpectedRevision::Any, 1),
        both,
        append("a-1", ExpectedRevision::Any, 1),
    ];

    let answers = bench.write(appends).await;

    let positions: Vec<u64> = answers
        .iter()
        .map(|answer| answer.as_ref().unwrap().position.get())
        .collect();
    assert_eq!(positions, [1, 5, 6]);
    assert_eq!(bench.positions().await, 6);
}

#[tokio::test]
async fn an_append_that_cannot_be_written_holds_up_no_other() {
    let mut bench = Bench::new(&[]);
    let appends: Vec<Append> = (0..5)
        .map(|n| append(&format!("a-{n}"), ExpectedRevision::Any, 1))
        .collect();
    bench.poison = Some(appends[2].streams[0].events[0].id);

    let answers = bench.write(appends).await;

    let written: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(written, [true, true, false, true, true]);
    assert!(matches!(answers[2], Err(AppendError::Storage { .. })));
    assert_eq!(bench.positions().await, 4);
}

/// A server that was killed while a writer made sure of a conflict left the caller without its answer,
/// who was told that the writer had ended.
#[tokio::test]
async fn a_conflict_that_cannot_be_made_sure_of_is_told_at_the_next_attempt() {
    let mut bench = Bench::new(&[]);
    write_apart(&bench.path(), append("a-1", ExpectedRevision::Any, 1)).await;
    // The first is where the group begins, the second whether the log is still there.
    bench.heads = Some(2);

    let answers = bench
        .write(vec![append("a-1", ExpectedRevision::NoStream, 1)])
        .await;

    assert!(
        matches!(answers[0], Err(AppendError::Conflict { .. })),
        "{answers:?}"
    );
}

#[tokio::test]
async fn an_engine_that_is_down_fails_everyone_and_nothing_is_lost() {
    let bench = Bench::new(&[]);
    let appends: Vec<Append> = (0..5)
        .map(|_| append("a-1", ExpectedRevision::Any, 1))
        .collect();
    *bench.down.lock().unwrap() = true;

    let failed = bench.write(appends.clone()).await;
    *bench.down.lock().unwrap() = false;
    let repeated = bench.write(appends).await;

    assert!(
        failed
            .iter()
            .all(|answer| matches!(answer, Err(AppendError::Storage { .. })))
    );
    assert!(repeated.iter().all(Result::is_ok));
    assert_eq!(bench.positions().await, 5);
}

#[tokio::test]
async fn a_group_may_name_more_types_than_are_remembered() {
    let bench = Bench::new(&[]);
    let append = |from: usize| {
        let events = (from..from + 900).map(|n| typed(&format!("type-{n}")));
        Append::to(stream("a-1"), ExpectedRevision::Any, events.collect())
    };

    for _ in 0..2 {
        let answers = bench.write((0..6).map(|n| append(n * 900)).collect()).await;
        assert!(answers.iter().all(Result::is_ok));
    }

    assert_eq!(bench.positions().await, 2 * 6 * 900);
}

#[tokio::test]
async fn a_queue_that_holds_too_many_appends_or_bytes_is_busy() {
    let one = append("a-1", ExpectedRevision::Any, 1);
    let limits = [
        Limits {
            queue_appends: 2,
            ..Limits::default()
        },
        Limits {
            queue_bytes: 9,
            ..Limits::default()
        },
    ];
    for limits in limits {
        let (handle, _requests) = WriterHandle::new(limits, Arc::new(()));

        let answers = [one.clone(), one.clone(), one.clone()].map(|one| handle.submit(one));

        assert!(
            matches!(answers, [Ok(_), Ok(_), Err(AppendError::Busy)]),
            "{limits:?}"
        );
    }
}

#[tokio::test]
async fn what_no_queue_would_take_is_refused() {
    let limits = Limits {
        append_bytes: 7,
        ..Limits::default()
    };
    let (handle, _requests) = WriterHandle::new(limits, Arc::new(()));
    let refusal = |append| match handle.submit(append) {
        Err(AppendError::Refused { reason }) => reason,
        other => panic!("{other:?}"),
    };
    let typed = |content_type: &str| {
        let mut one = append("a-1", ExpectedRevision::Any, 1);
        one.streams[0].events[0].content_type = content_type.to_owned();
        one
    };

    let large = refusal(append("a-1", ExpectedRevision::Any, 2));
    let bad = ["", "text\0plain", &"x".repeat(1_001)].map(|text| refusal(typed(text)));

    assert_eq!(large, Refusal::TooLarge { bytes: 8, max: 7 });
    assert!(
        bad.iter()
            .all(|reason| matches!(reason, Refusal::BadContentType { .. }))
    );
}

#[test]
fn a_group_is_laid_out_densely_and_new_names_take_their_first_position() {
    let head = Head {
        position: Position::default(),
        epoch: 7,
        frontier: Frontier::default(),
        recorded_at: None,
    };
    let (handle, mut requests) = WriterHandle::new(Limits::default(), Arc::new(()));
    let both = Append {
        streams: ["a-1", "b-1"]
            .map(|name| StreamAppend {
                stream: stream(name),
                expected: ExpectedRevision::Any,
                events: vec![event(), typed("other-happened")],
            })
            .to_vec(),
        checks: Vec::new(),
    };
    let mut plan = Plan::on(&head, Noon.now());
    let mut known = Known::default();

    let mut receipts = Vec::new();
    for append in [both, append("b-1", ExpectedRevision::Any, 1)] {
        handle.submit(append).unwrap();
        let mut request: Request = requests.queue.try_recv().unwrap();
        receipts.push(plan.add(&mut known, &mut request));
    }

    let group = plan.finish();
    let rows: Vec<(u64, RowId, u64, RowId)> = group
        .events
        .iter()
        .map(|row| {
            (
                row.position.get(),
                row.stream_id,
                row.revision.get(),
                row.type_id,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (1, 1, 0, 1),
            (2, 1, 1, 2),
            (3, 3, 0, 1),
            (4, 3, 1, 2),
            (5, 3, 2, 1)
        ]
    );
    assert_eq!(group.new_streams, [(1, stream("a-1")), (3, stream("b-1"))]);
    assert_eq!((group.expected_epoch, group.frontier.size()), (7, 5));
    assert_eq!(receipts[1].position.get(), 5);
    assert_eq!(
        receipts[1].streams[0].revision,
        CurrentRevision::At(Revision::new(2))
    );
}
