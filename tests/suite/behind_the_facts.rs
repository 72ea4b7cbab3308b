//! Facts that are read as they stand while the log has nothing behind them but who opened what.

use std::ops::Range;

use ledger_core::id::{ChildId, EventId, Position, StreamName};
use ledger_core::store::ExpectedRevision;
use ledger_core::time::Day;
use ledger_projections::catch_up::{catch_up, told_but_for_access};
use ledger_projections::facts::{FactReader, Kind};
use ledger_tests::conformance::append;
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::samples;

use crate::views::register;

/// More openings than are looked through.
const MANY: u128 = 300;

/// Writes that somebody opened the first person's record, once for each number.
async fn open(ledger: &TestLedger, numbers: Range<u128>) {
    let day = Day::from_ymd_opt(2024, 4, 1).unwrap();
    let person = StreamName::child(ChildId::new(samples::uuid(5_000)));
    let opened = numbers.map(|number| {
        let id = EventId::new(samples::uuid(9_000 + number));
        samples::opening(&person, id, day)
    });
    let stream = StreamName::access(day);
    let (store, any) = (&*ledger.store, ExpectedRevision::Any);
    append(store, stream.as_str(), any, opened.collect()).await;
}

async fn brought_forward(ledger: &TestLedger) -> Position {
    let head = ledger.store.head().await.unwrap().position;
    let done = catch_up(&*ledger.store, &ledger.views, head, &mut |_, _| {}).await;
    done.unwrap();
    head
}

async fn told(ledger: &TestLedger) -> Option<Position> {
    let told = told_but_for_access(&*ledger.store, &ledger.views).await;
    told.unwrap()
}

async fn count(facts: &FactReader, kind: Kind, at: Position) -> usize {
    let found = facts.standing(&[kind], Some(at)).await.unwrap();
    found.len()
}

async fn they_are_read_as_they_stand(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    register(&ledger, 0..3).await;
    assert_eq!(told(&ledger).await, None, "they are not made yet");
    let at = brought_forward(&ledger).await;
    assert_eq!(told(&ledger).await, Some(at));
    let held = FactReader::holding(ledger.views.clone());
    assert_eq!(count(&held, Kind::PersonKnown, at).await, 3);

    open(&ledger, 0..2).await;
    assert_eq!(told(&ledger).await, Some(at), "openings do not matter");
    assert_eq!(count(&held, Kind::PersonKnown, at).await, 3);

    register(&ledger, 3..4).await;
    assert_eq!(told(&ledger).await, None, "a person came");
    open(&ledger, 2..3).await;
    assert_eq!(told(&ledger).await, None, "a person came before an opening");
    let at = brought_forward(&ledger).await;
    assert_eq!(told(&ledger).await, Some(at));

    // What holds the facts has passed over nothing, the openings neither.
    assert_eq!(count(&held, Kind::PersonKnown, at).await, 4);
    assert_eq!(count(&held, Kind::TextOpened, at).await, 3);

    open(&ledger, 3..MANY).await;
    assert_eq!(told(&ledger).await, None, "too many to be looked through");
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_read_as_they_stand_on_both_engines() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        they_are_read_as_they_stand(engine).await;
    }
}
