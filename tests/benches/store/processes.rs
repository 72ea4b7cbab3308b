//! Several processes at one ledger: appends of all of them, and delivery from one to another.

use ledger_core::store::{Append, ExpectedRevision};
use ledger_tests::ledger::{Engine, TestLedger};
use tokio::task::block_in_place;

use crate::bare::Bare;
use crate::child::{Process, now};
use crate::events::{event, new_stream};
use crate::{Effort, Pair, median};

const PROCESSES: usize = 4;
/// Writers in each process.
const WRITERS: usize = 8;
/// Appends whose delivery one sample times.
const DELIVERIES: usize = 300;

/// Appends by 32 writers in 4 processes, none of which owns the log.
pub(crate) async fn bench_appends(effort: Effort) {
    let (ledger, bare) = (TestLedger::new(Engine::Postgres).await, Bare::new().await);
    let mut processes: Vec<Process> = (0..PROCESSES)
        .map(|_| Process::start("append", &ledger, WRITERS))
        .collect();
    let mut rates = Pair::default();
    for _ in 0..effort.samples {
        let ours = block_in_place(|| {
            let millis = effort.time.as_millis().to_string();
            for process in &mut processes {
                process.tell(&millis);
            }
            let rates = processes.iter_mut().map(Process::line);
            rates.map(|rate| rate.parse::<f64>().unwrap()).sum()
        });
        let theirs = bare.inserts(PROCESSES * WRITERS, effort.time).await;
        rates.push(ours, theirs.rate);
    }
    rates.at_least(
        "32 writers in 4 processes against bare INSERT, a second",
        0.5,
    );
}

/// From the append to the event in another process, against the append's own answer.
pub(crate) async fn bench_delivery(effort: Effort) {
    let ledger = TestLedger::new(Engine::Postgres).await;
    let mut follower = Process::start("follow", &ledger, 0);
    // Until it hears of commits at once rather than by its poll.
    deliveries(&ledger, &mut follower).await;
    let mut medians = Pair::default();
    for _ in 0..effort.samples {
        let (delivered, answered) = deliveries(&ledger, &mut follower).await;
        medians.push(delivered, answered);
    }
    medians.at_most(
        "delivery in another process against the append's answer, p50 in µs",
        1.5,
    );
}

/// Medians of delivery and of answer, in microseconds.
async fn deliveries(ledger: &TestLedger, follower: &mut Process) -> (f64, f64) {
    let (stream, mut expected) = (new_stream(), ExpectedRevision::NoStream);
    let (mut delivered, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..DELIVERIES {
        let (append, sent) = (Append::to(stream.clone(), expected, vec![event()]), now());
        let appended = ledger.store.store.append(append).await.unwrap();
        answered.push((now() - sent) as f64 / 1e3);
        expected = appended.streams[0].revision.into();
        let arrived: u128 = block_in_place(|| follower.line()).parse().unwrap();
        delivered.push((arrived - sent) as f64 / 1e3);
    }
    (median(delivered), median(answered))
}
