//! What one event makes fail stops its partition alone, is told, and goes on once it is repaired.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use ledger_core::store::StoredEvent;
use ledger_projections::consumer::{Failed, Handler, Partition, PartitionState, Partitions};
use ledger_projections::views::{Statement, Value, Write};
use ledger_tests::conformance::{read_log, stream};
use ledger_tests::consuming::{
    Noting, Running, assert_once_in_order, consumer, handled, make_table, pace,
};
use ledger_tests::ledger::TestLedger;
use ledger_tests::torture::address_of;

use super::{ENGINES, head, until_noted, until_states, write};

const LEASE: Duration = Duration::from_secs(5);
/// The stream whose third event does not go through.
const BAD: &str = "child-5";
const BAD_REVISION: u64 = 2;

/// Notes events but one, which fails by itself or by what it would write.
struct Failing {
    noting: Noting,
    in_the_write: bool,
    broken: AtomicBool,
}

#[async_trait]
impl Handler for Failing {
    async fn handle(&self, of: Partition, events: &[StoredEvent]) -> Result<Vec<Write>, Failed> {
        let is_bad = |event: &&StoredEvent| {
            event.stream.as_str() == BAD && event.revision.get() == BAD_REVISION
        };
        let broken = self.broken.load(Ordering::SeqCst);
        let bad = events.iter().find(is_bad).filter(|_| broken);
        let mut writes = self.noting.handle(of, events).await?;
        match bad {
            Some(_) if self.in_the_write => {
                let picky = "INSERT INTO handled (position, stream) VALUES ($1, $2)";
                let values = vec![Value::from(1), Value::from("no revision")];
                writes.push(Statement::on(0, picky, values).into());
                Ok(writes)
            },
            Some(event) => Err(Failed {
                at: event.position,
                what: "the address is unknown".to_owned(),
            }),
            None => Ok(writes),
        }
    }
}

async fn one_partition_stops(ledger: &TestLedger, in_the_write: bool) {
    make_table(&ledger.views).await;
    write(ledger, "child", (12, 4)).await;
    let log = read_log(&*ledger.store).await;
    let (head, mail) = (head(ledger).await, consumer("mail", 4));
    let bad = log
        .iter()
        .find(|event| event.stream.as_str() == BAD && event.revision.get() == BAD_REVISION)
        .unwrap();
    let theirs = Partitions::new(4).unwrap().of(&stream(BAD));
    let failing = Arc::new(Failing {
        noting: Noting::by("first"),
        in_the_write,
        broken: AtomicBool::new(true),
    });

    let worker = Running::start(&address_of(ledger), &mail, pace(LEASE), failing.clone()).await;

    let stopped = |state: &PartitionState| {
        let fault = state.fault.as_ref();
        fault.is_some_and(|fault| {
            let told = in_the_write || fault.what == "the address is unknown";
            fault.position == bad.position && told && state.position < bad.position
        })
    };
    let right = |state: &PartitionState| {
        if state.partition == theirs {
            stopped(state)
        } else {
            state.position == head && state.fault.is_none()
        }
    };
    until_states("one stops and the others go on", &ledger.views, |all| {
        all.len() == 4 && all.iter().all(right)
    })
    .await;
    let before = handled(&ledger.views).await;
    let held_back = log.iter().filter(|event| {
        event.position >= bad.position && mail.partitions.of(&event.stream) == theirs
    });
    assert_eq!(before.len() + held_back.count(), log.len());

    failing.broken.store(false, Ordering::SeqCst);
    until_noted(&ledger.views, log.len()).await;
    until_states("the fault is gone", &ledger.views, |all| {
        all.iter().all(|one| one.fault.is_none())
    })
    .await;
    worker.stop().await.unwrap();
    assert_once_in_order(&handled(&ledger.views).await, &log);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_handled_stops_its_partition_alone() {
    for engine in ENGINES {
        one_partition_stops(&TestLedger::new(engine).await, false).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_rows_cannot_be_written_stops_its_partition_alone() {
    for engine in ENGINES {
        one_partition_stops(&TestLedger::new(engine).await, true).await;
    }
}
