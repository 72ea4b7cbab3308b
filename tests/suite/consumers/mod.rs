//! Consumers that several processes share: nothing lost, nothing twice, each stream in its order, whoever
//! crashes, is paused or fails.

// Failing handlers and writes stop one partition.
mod faults;
// A holder that was paused while its lease went to another.
mod fencing;
// Filters, restarts, removal, and what `status` says.
mod lasting;
// Workers share the partitions, also when they are killed.
mod sharing;

use futures::FutureExt as _;
use ledger_core::id::Position;
use ledger_core::store::ExpectedRevision;
use ledger_projections::consumer::{PartitionState, states};
use ledger_projections::views::Views;
use ledger_tests::conformance::{append, events};
use ledger_tests::consuming::{handled, until};
use ledger_tests::ledger::{Engine, TestLedger};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Appends to so many streams of a category, in rounds.
async fn write(ledger: &TestLedger, category: &str, (streams, rounds): (usize, usize)) {
    for round in 0..rounds {
        for number in 0..streams {
            let name = format!("{category}-{number}");
            let new = events(1 + (round + number) % 3);
            append(&*ledger.store, &name, ExpectedRevision::Any, new).await;
        }
    }
}

async fn head(ledger: &TestLedger) -> Position {
    ledger.store.head().await.unwrap().position
}

/// Waits until so many events are noted.
async fn until_noted(views: &Views, count: usize) {
    until(&format!("{count} events are handled"), || {
        handled(views).map(|all| all.len() >= count)
    })
    .await;
}

/// Waits until the partitions are as they should be.
async fn until_states(what: &str, views: &Views, right: impl Fn(&[PartitionState]) -> bool) {
    until(what, || {
        states(views).map(|all| all.is_ok_and(|all| right(&all)))
    })
    .await;
}
