//! Several processes write to one ledger at once, and one of them is killed again and again.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use futures::StreamExt as _;
use ledger_core::id::Position;
use ledger_core::store::audit::audit;
use ledger_core::store::{Filter, StoredEvent};
use ledger_tests::conformance::read_stream;
use ledger_tests::ledger::{Engine, TestLedger};

/// Appends of each process, of three events each.
const APPENDS: u64 = 60;
/// Longest wait for an event; far beyond any poll.
const PATIENCE: Duration = Duration::from_mins(1);

/// A process that appends; killed at the latest with this value.
struct Appender {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Appender {
    fn start(ledger: &str, name: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_ledger-appender"))
            .args([ledger, name, &APPENDS.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    /// Waits until this many more appends are durable.
    fn wait_for(&mut self, appends: usize) {
        let lines = self.lines.by_ref().lines().take(appends);
        assert_eq!(lines.map(Result::unwrap).count(), appends, "it ended early");
    }

    fn wait_for_end(mut self) {
        for line in self.lines.by_ref().lines() {
            line.unwrap();
        }
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Appender {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The ledger's address as a program takes it.
fn address(ledger: &TestLedger) -> String {
    let Some(database) = ledger.database() else {
        return format!("sqlite:{}", ledger.folder().join("log.db").display());
    };
    let url = database.url_as(&format!("{}_app", database.name()));
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}ledger={}", database.name())
}

/// Runs three processes to their ends; the third is killed three times on the way.
fn write(address: &str) {
    let others = ["a-1", "b-1"].map(|name| Appender::start(address, name));
    for appends in [5, 20, 40] {
        let mut killed = Appender::start(address, "c-1");
        killed.wait_for(appends);
    }
    Appender::start(address, "c-1").wait_for_end();
    others.into_iter().for_each(Appender::wait_for_end);
}

async fn nothing_is_lost_and_nothing_is_twice(engine: Engine) {
    let ledger = TestLedger::new(engine).await;
    let store = ledger.shared();
    let follower = store
        .subscribe(Position::default(), Filter::default())
        .await;
    let mut follower = follower.unwrap();
    let address = address(&ledger);
    let writing = tokio::task::spawn_blocking(move || write(&address));

    let mut seen: Vec<StoredEvent> = Vec::new();
    for _ in 0..APPENDS * 9 {
        let next = tokio::time::timeout(PATIENCE, follower.next()).await;
        seen.push(next.expect("an event in time").unwrap().unwrap());
    }
    writing.await.unwrap();

    let positions: Vec<u64> = seen.iter().map(|event| event.position.get()).collect();
    assert_eq!(positions, (1..=APPENDS * 9).collect::<Vec<_>>());
    assert_eq!(store.head().await.unwrap().position.get(), APPENDS * 9);
    for name in ["a-1", "b-1", "c-1"] {
        let numbers: Vec<String> = read_stream(&*store, name)
            .await
            .iter()
            .map(|event| String::from_utf8(event.data.to_vec()).unwrap())
            .collect();
        let expected: Vec<String> = (0..APPENDS * 2).map(|n| n.to_string()).collect();
        assert_eq!(numbers, expected, "{name}");
    }
    let shared = read_stream(&*store, "shared").await;
    assert_eq!(shared.len(), usize::try_from(APPENDS * 3).unwrap());
    let audit = audit(&*store, None, None, &mut |_, _| {}).await.unwrap();
    assert_eq!(audit.fault, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_of_which_one_is_killed_write_to_one_file() {
    nothing_is_lost_and_nothing_is_twice(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_of_which_one_is_killed_write_to_one_schema() {
    nothing_is_lost_and_nothing_is_twice(Engine::Postgres).await;
}
