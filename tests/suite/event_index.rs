//! Events by category and by type, under numbers of their own, against a naive list.

use std::collections::BTreeMap;

use ledger_core::id::{EventType, Position};
use ledger_core::store::{Direction, ExpectedRevision};
use ledger_projections::catch_up::catch_up;
use ledger_projections::compare::compare;
use ledger_projections::event_index::{Key, count, list};
use ledger_projections::views::Views;
use ledger_tests::conformance::{append, event};
use ledger_tests::ledger::{Engine, TestLedger};
use proptest::prelude::{Strategy as _, any};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// Streams with and without a category; one category begins as another does.
const STREAMS: [&str; 5] = ["child-1", "child-2", "childish-1", "programme", "a-b-c"];
const TYPES: [&str; 3] = ["opened", "opened-again", "closed"];

/// Positions by key, as they must be.
type Naive = BTreeMap<(bool, String), Vec<u64>>;

/// Appends events of one stream and type, and notes where they stand.
async fn grow(ledger: &TestLedger, naive: &mut Naive, (stream, kind, events): (usize, usize, u16)) {
    let (stream, kind) = (STREAMS[stream % STREAMS.len()], TYPES[kind % TYPES.len()]);
    let before = ledger.store.head().await.unwrap().position.get();
    let events = (0..events).map(|_| {
        let mut new = event(b"{}");
        new.event_type = EventType::new(kind).unwrap();
        new
    });
    let events: Vec<_> = events.collect();
    let count = u64::try_from(events.len()).unwrap();
    append(&*ledger.store, stream, ExpectedRevision::Any, events).await;
    let positions = before + 1..=before + count;
    if let Some((category, _)) = stream.split_once('-') {
        let own = naive.entry((true, category.to_owned())).or_default();
        own.extend(positions.clone());
    }
    let own = naive.entry((false, kind.to_owned())).or_default();
    own.extend(positions);
}

fn key((is_category, name): &(bool, String)) -> Key<'_> {
    if *is_category {
        Key::Category(name)
    } else {
        Key::Type(name)
    }
}

/// Asks for a part of a key's events both ways and compares.
async fn check(views: &Views, key: Key<'_>, expected: &[u64], (from, limit): (u64, usize)) {
    let numbered: Vec<(u64, u64)> = (0..).zip(expected.iter().copied()).collect();
    for (direction, from) in [
        (Direction::Forwards, None),
        (Direction::Forwards, Some(from)),
        (Direction::Backwards, None),
        (Direction::Backwards, Some(from)),
    ] {
        let found = list(views, key, from, direction, limit).await.unwrap();
        let found = found.iter().map(|one| (one.number, one.position.get()));
        let found: Vec<(u64, u64)> = found.collect();
        let wanted: Vec<(u64, u64)> = match direction {
            Direction::Forwards => {
                let wanted = numbered.iter().filter(|(n, _)| *n >= from.unwrap_or(0));
                wanted.take(limit).copied().collect()
            },
            Direction::Backwards => {
                let wanted = numbered.iter().rev();
                let wanted = wanted.filter(|(n, _)| *n <= from.unwrap_or(u64::MAX));
                wanted.take(limit).copied().collect()
            },
        };
        assert_eq!(
            found, wanted,
            "{key:?} {direction:?} from {from:?}, {limit}"
        );
    }
}

/// Grows a log in uneven steps, brings the index forward behind each, and looks into it.
async fn numbers_are_those_of_a_naive_list(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    let mut runner = TestRunner::deterministic();
    let mut naive = Naive::new();
    let sizes = proptest::sample::select(vec![1_u16, 2, 7, 100, 255, 256, 257, 300]);
    let step = (any::<usize>(), any::<usize>(), sizes);
    for _ in 0..20 {
        let step = step.new_tree(&mut runner).unwrap().current();
        grow(&ledger, &mut naive, step).await;
        let head = ledger.store.head().await.unwrap().position;
        catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {})
            .await
            .unwrap();
    }
    let asked = (0..1_200_u64, 0..700_usize);
    for (name, expected) in &naive {
        let key = key(name);
        let counted = count(&ledger.views, key).await.unwrap();
        assert_eq!(counted, u64::try_from(expected.len()).unwrap(), "{key:?}");
        check(&ledger.views, key, expected, (0, usize::MAX)).await;
        for _ in 0..20 {
            let asked = asked.new_tree(&mut runner).unwrap().current();
            check(&ledger.views, key, expected, asked).await;
        }
    }
    check(&ledger.views, Key::Category("chi"), &[], (0, 10)).await;
    assert_eq!(count(&ledger.views, Key::Type("open")).await.unwrap(), 0);
    same_when_folded_anew(&ledger).await;
}

/// The rows do not depend on where batches ended.
async fn same_when_folded_anew(ledger: &TestLedger) {
    let folder = tempfile::tempdir().unwrap();
    let scratch = Views::sqlite(&folder.path().join("scratch.db")).unwrap();
    let head: Position = ledger.store.head().await.unwrap().position;
    let (store, views) = (&*ledger.store, &ledger.views);
    let mut quiet = |_, _| {};
    let compared = compare(store, views, &scratch, head, &mut quiet)
        .await
        .unwrap();
    assert_eq!((compared.differences, compared.lags), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_those_of_a_naive_list_on_sqlite() {
    numbers_are_those_of_a_naive_list(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_those_of_a_naive_list_on_postgres() {
    numbers_are_those_of_a_naive_list(Engine::Postgres).await;
}
