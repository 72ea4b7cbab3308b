//! Appends as several writers of one process. Arguments: the number of the first writer, and for each
//! writer the number of the append with which it goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ledger_core::id::Position;
use ledger_core::store::{AppendError, ExpectedRevision, LedgerStore};
use ledger_tests::conformance::at;
use ledger_tests::torture::{Task, now_nanos};

use crate::{ending, opened, pause, say};

pub(crate) async fn run(address: &str, first: &str, next: &[&str]) {
    let ended = ending();
    let store = opened(address).await;
    let first: u32 = first.parse().unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for (writer, number) in (first..).zip(next) {
        let store = Arc::clone(&store.store);
        let number = number.parse().unwrap();
        writers.spawn(write(store, Task { writer, number }, Arc::clone(&ended)));
    }
    writers.join_all().await;
}

async fn write(store: Arc<dyn LedgerStore>, from: Task, ended: Arc<AtomicBool>) {
    let mut task = from;
    while !ended.load(Ordering::SeqCst) {
        append(&*store, task).await;
        task.number += 1;
    }
}

/// Tries until the append stands, and says so.
async fn append(store: &dyn LedgerStore, task: Task) {
    let Task { writer, number } = task;
    let mut shared_at = ExpectedRevision::NoStream;
    say(&format!("begin {writer} {number} {}", now_nanos()));
    loop {
        match store.append(task.append(shared_at)).await {
            Ok(appended) => {
                let own = appended.streams[0].revision;
                assert_eq!(own, at(task.own_revision()), "{task:?}");
                let (time, position) = (now_nanos(), appended.position);
                say(&format!("ack {writer} {number} {time} {position}"));
                return repeat(store, task, position).await;
            },
            // Only this writer writes to its own stream: an earlier try came this far.
            Err(AppendError::Conflict { stream, actual, .. }) if stream == task.own() => {
                if actual != at(task.own_revision()) {
                    return say(&format!("{task:?}: the own stream is at {actual}"));
                }
                return say(&format!("known {writer} {number} {}", now_nanos()));
            },
            Err(AppendError::Conflict { actual, .. }) => shared_at = actual.into(),
            Err(AppendError::Busy | AppendError::Storage { .. }) => pause().await,
            Err(error) => return say(&format!("{task:?}: {error}")),
        }
    }
}

/// Every so many appends, asks for one again that has just been acknowledged: the first answer comes.
///
/// One to a shared stream may meanwhile be a conflict, which the others' events make of it.
async fn repeat(store: &dyn LedgerStore, task: Task, position: Position) {
    if !task.number.is_multiple_of(5) || task.shared().is_some() {
        return;
    }
    let append = task.append(ExpectedRevision::NoStream);
    loop {
        match store.append(append.clone()).await {
            Ok(again) if again.repeated && again.position == position => return,
            Err(AppendError::Busy | AppendError::Storage { .. }) => pause().await,
            other => return say(&format!("{task:?} again: {other:?}")),
        }
    }
}
