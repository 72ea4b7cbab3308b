//! The benchmark as one of several processes at a ledger: it appends, or follows the log.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::StreamExt as _;
use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::{EventStore as _, Filter, LedgerStore, Limits};
use ledger_core::time::SystemClock;
use ledger_tests::ledger::TestLedger;

use crate::appends::appends;

/// Says what a child process is to do; the next two say where and how.
pub(crate) const VARIABLE: &str = "CARE_LEDGER_BENCH_CHILD";
const ADDRESS: &str = "CARE_LEDGER_BENCH_CHILD_ADDRESS";
const WRITERS: &str = "CARE_LEDGER_BENCH_CHILD_WRITERS";

/// Another process of the benchmark; killed at the latest with this value.
pub(crate) struct Process {
    child: Child,
    input: ChildStdin,
    lines: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it at a ledger and waits until it is ready.
    pub(crate) fn start(role: &str, ledger: &TestLedger, writers: usize) -> Self {
        let database = ledger.database().unwrap();
        let url = database.url_as(&format!("{}_app", database.name()));
        let mark = if url.contains('?') { '&' } else { '?' };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(VARIABLE, role)
            .env(ADDRESS, format!("{url}{mark}ledger={}", database.name()))
            .env(WRITERS, writers.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self {
            child,
            input,
            lines,
        };
        assert_eq!(process.line(), "ready");
        process
    }

    pub(crate) fn tell(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// Its next line.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Nanoseconds by the clock that all processes share.
pub(crate) fn now() -> u128 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.unwrap().as_nanos()
}

/// What a child process does.
pub(crate) async fn run(role: &str) {
    let address = std::env::var(ADDRESS).unwrap().parse().unwrap();
    let (clock, limits) = (Arc::new(SystemClock), Limits::default());
    let (store, background) = PostgresStore::open(address, clock, limits).await.unwrap();
    tokio::spawn(background);
    match role {
        "append" => append(Arc::new(store)).await,
        _ => follow(&store).await,
    }
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}

/// Appends for as many milliseconds as each line says, and answers with the rate.
async fn append(store: Arc<dyn LedgerStore>) {
    let writers = std::env::var(WRITERS).unwrap().parse().unwrap();
    say("ready");
    for line in std::io::stdin().lines() {
        let time = Duration::from_millis(line.unwrap().parse().unwrap());
        let run = appends(&store, writers, time).await;
        say(&run.rate.to_string());
    }
}

/// Says when each event arrives.
async fn follow(store: &PostgresStore) {
    let head = store.head().await.unwrap().position;
    let mut events = store.subscribe(head, Filter::default()).await.unwrap();
    say("ready");
    while let Some(event) = events.next().await {
        let arrived = now();
        event.unwrap();
        say(&arrived.to_string());
    }
}
