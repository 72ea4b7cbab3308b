//! A store against the simplest thing that could be right: a list in memory.

// The list and what it answers to an append.
mod list;
// Reads of every kind, and what the list answers to them.
mod looks;
// What callers do, at random.
mod steps;

use ledger_core::store::{AppendError, ExpectedRevision, StreamAppend};
use ledger_tests::conformance::{Backend, OpenStore, read_log, read_stream, stream};
use proptest::test_runner::{Config, TestRunner};

use self::list::Model;
use self::steps::{STREAMS, Step, steps};
use super::backends::{Postgres, Sqlite};

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
        if let Step::Look(look) = &step {
            model.compare(&openings[opening], look).await;
        }
        let Some(append) = model.of_step(&step, &earlier) else {
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
    let listed = model.log.iter();
    let listed: Vec<_> = listed
        .map(|entry| (entry.stream.clone(), entry.id))
        .collect();
    assert_eq!(pairs, listed);
    for number in 0..STREAMS {
        let name = format!("s-{number}");
        let read: Vec<_> = read_stream(&**store, &name).await;
        let read: Vec<_> = read
            .iter()
            .map(|event| (event.position.get(), event.id))
            .collect();
        assert_eq!(read, model.stream(&stream(&name)));
    }
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
