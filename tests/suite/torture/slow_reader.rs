//! A reader that takes one event while the writers append a hundred: its memory stays bounded.

use std::sync::mpsc;
use std::time::Duration;

use ledger_core::store::{Append, ExpectedRevision, LedgerStore};
use ledger_tests::conformance::{event, stream};
use ledger_tests::ledger::{Engine, TestLedger};
use ledger_tests::torture::{Worker, address_of};
use tokio::task::block_in_place;

use super::worker;

/// Bytes of an event.
const BYTES: usize = 128 << 10;
/// Events that are appended while the slow reader takes one.
const EVENTS: usize = 100;
/// How often they are: in all twice the bound.
const TIMES: usize = 15;
/// By how much the slow reader's memory may exceed the idle one's, in kB: pages that are read ahead, and what the allocator
/// keeps of them; 69,000 were seen on a busy machine.
const BOUND: u64 = 96 << 10;
const PATIENCE: Duration = Duration::from_mins(1);

/// A reader in a process of its own.
struct Reader {
    process: Worker,
    answers: mpsc::Receiver<u64>,
}

impl Reader {
    fn start(address: &str) -> Self {
        let (answer, answers) = mpsc::channel();
        let take = move |line: &str| answer.send(line.parse().unwrap()).unwrap();
        let process = Worker::start(&mut worker(&["sip", address]), take);
        Self { process, answers }
    }

    /// Has it take so many events; answers with its highest memory in kB.
    fn take(&mut self, events: usize) -> u64 {
        block_in_place(|| {
            self.process.tell(&events.to_string());
            self.answers.recv_timeout(PATIENCE).unwrap()
        })
    }
}

/// Writes a hundred large events, which no engine can make smaller.
async fn write(store: &dyn LedgerStore) {
    let data: Vec<u8> = (0..BYTES).map(|_| rand::random()).collect();
    for _ in 0..EVENTS / 10 {
        let events = (0..10).map(|_| event(&data)).collect();
        let append = Append::to(stream("large"), ExpectedRevision::Any, events);
        store.append(append).await.unwrap();
    }
}

async fn a_slow_readers_memory_is_bounded(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    let store = ledger.shared();
    let address = address_of(&ledger);
    let mut idle = Reader::start(&address);
    let mut slow = Reader::start(&address);
    let first = Append::to(
        stream("first"),
        ExpectedRevision::Any,
        vec![event(b"small")],
    );
    store.append(first).await.unwrap();
    let idle_peak = idle.take(1);

    // It is far behind before its first read, and falls further behind with each.
    for _ in 0..TIMES / 2 {
        write(&*store).await;
    }
    let mut slow_peak = slow.take(2);
    for _ in TIMES / 2..TIMES {
        write(&*store).await;
        slow_peak = slow.take(1);
    }
    // It catches up: page after page, not all at once.
    slow_peak = slow_peak.max(slow.take(EVENTS * TIMES - 1 - (TIMES - TIMES / 2)));

    eprintln!("{engine:?}: an idle reader {idle_peak} kB, a slow one {slow_peak} kB");
    assert!(
        slow_peak <= idle_peak + BOUND,
        "an idle reader {idle_peak} kB, a slow one {slow_peak} kB"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_slower_than_the_writers_takes_little_memory_sqlite() {
    a_slow_readers_memory_is_bounded(Engine::Sqlite).await;
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_slower_than_the_writers_takes_little_memory_postgres() {
    a_slow_readers_memory_is_bounded(Engine::Postgres).await;
}
