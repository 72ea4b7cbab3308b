//! A store against the simplest thing that could be right: a list in memory.

use std::collections::HashSet;

use ledger_core::id::{EventId, Position, StreamName};
use ledger_core::store::{
    Append, AppendError, Appended, CurrentRevision, Direction, ExpectedRevision, Filter, ReadAll,
    StreamAppend, StreamCheck, StreamReceipt,
};
use ledger_tests::conformance::{
    Backend, OpenStore, at, event, exact, read_log, read_stream, stream,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::backends::{Postgres, Sqlite};

/// Streams that a case is about; few, so that appends meet.
const STREAMS: u8 = 3;

/// What a caller expects, relative to where the stream is when it asks.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Any,
    NoStream,
    Exists,
    /// The newest revision, or this many before it.
    Behind(u64),
    /// One revision too many.
    Ahead,
}

/// One thing that a caller does.
#[derive(Clone, Debug)]
enum Step {
    /// Appends new events to streams, and checks others.
    Append {
        parts: Vec<(u8, Wish, usize)>,
        checks: Vec<(u8, Wish)>,
    },
    /// Repeats an earlier append, whatever became of it; counted from the newest.
    Repeat { back: usize },
    /// Repeats the first part of an earlier append alone, or with other events beside it.
    RepeatPart { back: usize, beside: bool },
}

fn wishes() -> impl Strategy<Value = Wish> {
    prop_oneof![
        2 => Just(Wish::Any),
        2 => Just(Wish::NoStream),
        1 => Just(Wish::Exists),
        5 => (0..3_u64).prop_map(Wish::Behind),
        1 => Just(Wish::Ahead),
    ]
}

fn steps() -> impl Strategy<Value = Vec<(Step, usize)>> {
    let parts = prop::collection::vec((0..STREAMS, wishes(), 0..4_usize), 1..3);
    let checks = prop::collection::vec((0..STREAMS, wishes()), 0..2);
    let step = prop_oneof![
        6 => (parts, checks).prop_map(|(parts, checks)| Step::Append { parts, checks }),
        3 => (0..6_usize).prop_map(|back| Step::Repeat { back }),
        1 => (0..6_usize, any::<bool>()).prop_map(|(back, beside)| Step::RepeatPart { back, beside }),
    ];
    prop::collection::vec((step, 0..2_usize), 1..25)
}

/// The list: every event's stream and id, in order.
#[derive(Default)]
struct Model {
    log: Vec<(StreamName, EventId)>,
}

impl Model {
    /// Positions and ids of a stream's events.
    fn stream(&self, name: &StreamName) -> Vec<(u64, EventId)> {
        let numbered = (1..).zip(&self.log);
        let of_stream = numbered.filter(|(_, (stream, _))| stream == name);
        of_stream
            .map(|(position, (_, id))| (position, *id))
            .collect()
    }

    fn current(&self, name: &StreamName) -> CurrentRevision {
        match self.stream(name).len() {
            0 => CurrentRevision::NoStream,
            events => at(u64::try_from(events).unwrap() - 1),
        }
    }

    fn fits(&self, name: &StreamName, expected: ExpectedRevision) -> bool {
        let current = self.current(name);
        match expected {
            ExpectedRevision::Any => true,
            ExpectedRevision::NoStream => current == CurrentRevision::NoStream,
            ExpectedRevision::Exists => current != CurrentRevision::NoStream,
            ExpectedRevision::Exact(revision) => current == CurrentRevision::At(revision),
        }
    }

    /// Where a part stands if exactly its events are at the place where it would have put them.
    fn earlier(&self, part: &StreamAppend) -> Option<StreamReceipt> {
        let there = self.stream(&part.stream);
        let from = match part.expected {
            ExpectedRevision::NoStream => 0,
            ExpectedRevision::Exact(revision) => usize::try_from(revision.get()).ok()? + 1,
            ExpectedRevision::Any | ExpectedRevision::Exists => {
                there.len().checked_sub(part.events.len())?
            },
        };
        let window = there.get(from..from + part.events.len())?;
        let same = window
            .iter()
            .map(|(_, id)| *id)
            .eq(part.events.iter().map(|event| event.id));
        let (position, _) = window.last().filter(|_| same)?;
        Some(StreamReceipt {
            stream: part.stream.clone(),
            revision: at(u64::try_from(from + part.events.len()).unwrap() - 1),
            position: Some(Position::new(*position)),
        })
    }

    /// The first result of an append, if it stands there already; with how many of its parts do.
    fn repeated(&self, append: &Append) -> (Option<Appended>, usize) {
        let mut streams = Vec::new();
        let (mut found, mut full) = (0, 0);
        for part in &append.streams {
            let earlier = if part.events.is_empty() {
                None
            } else {
                full += 1;
                self.earlier(part)
            };
            found += usize::from(earlier.is_some());
            streams.push(earlier.unwrap_or_else(|| self.receipt(part)));
        }
        let newest = streams.iter().filter_map(|receipt| receipt.position).max();
        let first = newest.filter(|_| found == full).map(|position| Appended {
            position,
            streams,
            repeated: true,
        });
        (first, found)
    }

    /// The receipt of a part whose events are the newest of its stream.
    fn receipt(&self, part: &StreamAppend) -> StreamReceipt {
        let newest = self
            .stream(&part.stream)
            .last()
            .map(|(position, _)| *position);
        StreamReceipt {
            stream: part.stream.clone(),
            revision: self.current(&part.stream),
            position: newest
                .filter(|_| !part.events.is_empty())
                .map(Position::new),
        }
    }

    /// What the store must answer; none for a conflict.
    fn append(&mut self, append: &Append) -> Option<Appended> {
        let (first, found) = self.repeated(append);
        if first.is_some() {
            return first;
        }
        let parts = append
            .streams
            .iter()
            .map(|part| (&part.stream, part.expected));
        let checks = append
            .checks
            .iter()
            .map(|check| (&check.stream, check.expected));
        let all_fit = parts
            .chain(checks)
            .all(|(stream, expected)| self.fits(stream, expected));
        if found > 0 || !all_fit {
            return None;
        }
        let mut streams = Vec::new();
        for part in &append.streams {
            let events = part
                .events
                .iter()
                .map(|event| (part.stream.clone(), event.id));
            self.log.extend(events);
            streams.push(self.receipt(part));
        }
        Some(Appended {
            position: self.head(),
            streams,
            repeated: false,
        })
    }

    /// Whether a repeated append's events stand where the answer says.
    fn stands(&self, append: &Append, answer: &Appended) -> bool {
        let mut newest = None;
        for (part, receipt) in append.streams.iter().zip(&answer.streams) {
            let (Some(position), CurrentRevision::At(last)) = (receipt.position, receipt.revision)
            else {
                assert!(part.events.is_empty());
                continue;
            };
            newest = newest.max(Some(position));
            let end = usize::try_from(last.get()).unwrap() + 1;
            let there = self.stream(&part.stream);
            let Some(window) = end
                .checked_sub(part.events.len())
                .and_then(|from| there.get(from..end))
            else {
                return false;
            };
            let ids = part.events.iter().map(|event| event.id);
            if !window.iter().map(|(_, id)| *id).eq(ids)
                || window.last().map(|(position, _)| *position) != Some(position.get())
            {
                return false;
            }
        }
        newest == Some(answer.position)
    }

    fn head(&self) -> Position {
        Position::new(u64::try_from(self.log.len()).unwrap())
    }

    /// The wish as this caller would write it, who knows where the stream is.
    fn expected(&self, name: &StreamName, wish: Wish) -> ExpectedRevision {
        let events = u64::try_from(self.stream(name).len()).unwrap();
        match wish {
            Wish::Any => ExpectedRevision::Any,
            Wish::NoStream => ExpectedRevision::NoStream,
            Wish::Exists => ExpectedRevision::Exists,
            Wish::Ahead => exact(events),
            Wish::Behind(by) => events
                .checked_sub(by + 1)
                .map_or(ExpectedRevision::NoStream, exact),
        }
    }

    /// The append that a step stands for; none where there is nothing to repeat.
    fn of_step(&self, step: Step, earlier: &[Append]) -> Option<Append> {
        let nth = |back: usize| earlier.iter().rev().nth(back).cloned();
        match step {
            Step::Repeat { back } => nth(back),
            Step::RepeatPart { back, beside } => {
                let mut append = nth(back)?;
                append.streams.truncate(1);
                if beside {
                    append.streams[0].events.push(event(b"beside"));
                }
                Some(append)
            },
            Step::Append { parts, checks } => {
                let mut named = HashSet::new();
                let mut append = Append::default();
                for (number, wish, count) in parts {
                    let name = stream(&format!("s-{number}"));
                    if named.insert(name.clone()) {
                        let expected = self.expected(&name, wish);
                        let events = (0..count).map(|_| event(b"model")).collect();
                        append.streams.push(StreamAppend {
                            stream: name,
                            expected,
                            events,
                        });
                    }
                }
                for (number, wish) in checks {
                    let name = stream(&format!("s-{number}"));
                    if named.insert(name.clone()) {
                        let expected = self.expected(&name, wish);
                        append.checks.push(StreamCheck {
                            stream: name,
                            expected,
                        });
                    }
                }
                Some(append)
            },
        }
    }
}

/// Without an expected revision, what was written before is looked for at the stream's end; an
/// opening that has not yet seen what others wrote after it finds it all the same.
const fn is_open(part: &StreamAppend) -> bool {
    matches!(
        part.expected,
        ExpectedRevision::Any | ExpectedRevision::Exists
    )
}

/// Does the steps through two openings in turns and compares every answer, then the whole log.
async fn agree(openings: &[OpenStore], steps: Vec<(Step, usize)>) {
    let (mut model, mut earlier) = (Model::default(), Vec::new());
    for (step, opening) in steps {
        let Some(append) = model.of_step(step, &earlier) else {
            continue;
        };
        let answer = openings[opening].append(append.clone()).await;
        let before = model.log.len();
        match (model.append(&append), answer) {
            (expected, Ok(answer)) if answer.repeated => {
                let repeated = expected.is_some_and(|expected| expected.repeated);
                assert!(repeated || append.streams.iter().any(is_open), "{append:?}");
                assert!(model.stands(&append, &answer), "{append:?}: {answer:?}");
                model.log.truncate(before);
            },
            (Some(expected), Ok(answer)) => assert_eq!(answer, expected, "{append:?}"),
            (None, Err(AppendError::Conflict { stream, actual, .. })) => {
                assert_eq!(actual, model.current(&stream), "{append:?}");
            },
            (expected, answer) => panic!("{append:?}: expected {expected:?}, got {answer:?}"),
        }
        earlier.push(append);
    }
    let store = &openings[0];
    let log = read_log(&**store).await;
    let pairs: Vec<_> = log
        .iter()
        .map(|event| (event.stream.clone(), event.id))
        .collect();
    assert_eq!(pairs, model.log);
    for number in 0..STREAMS {
        let name = format!("s-{number}");
        let read: Vec<_> = read_stream(&**store, &name).await;
        let read: Vec<_> = read
            .iter()
            .map(|event| (event.position.get(), event.id))
            .collect();
        assert_eq!(read, model.stream(&stream(&name)));
    }
    let backwards = ReadAll {
        from: None,
        direction: Direction::Backwards,
        limit: usize::MAX,
        filter: Filter::default(),
        as_at: None,
    };
    let page = store.read_all(&backwards).await.unwrap();
    assert!(
        page.events.iter().eq(log.iter().rev()),
        "backwards is forwards turned round"
    );
    assert_eq!(store.head().await.unwrap().position, model.head());
}

/// Runs `cases` random cases, each on a new ledger, and shrinks the first that fails.
fn hold<B: Backend>(cases: u32, new: impl AsyncFn() -> B) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&steps(), |steps| {
        runtime.block_on(async {
            let backend = new().await;
            let openings = [backend.open().await, backend.open().await];
            agree(&openings, steps).await;
        });
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn sqlite_answers_as_a_list_in_memory_would() {
    hold(60, async || Sqlite::new());
}

#[test]
fn postgres_answers_as_a_list_in_memory_would() {
    hold(12, Postgres::new);
}
