//! Processes at one ledger: started, told, stopped, woken, killed; and what each of them says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{Limits, OpenError};
use ledger_core::time::SystemClock;

use crate::conformance::OpenStore;
use crate::ledger::TestLedger;

/// Opens the ledger at `sqlite:PATH` or at a PostgreSQL address.
///
/// # Errors
/// Those of the store.
pub async fn open(address: &str) -> Result<OpenStore, OpenError> {
    let (clock, limits) = (Arc::new(SystemClock), Limits::default());
    if let Some(path) = address.strip_prefix("sqlite:") {
        let (store, background) = SqliteStore::open(path.as_ref(), clock, limits)?;
        return Ok(OpenStore::new(Arc::new(store), background));
    }
    let (store, background) = PostgresStore::open(address.parse()?, clock, limits).await?;
    Ok(OpenStore::new(Arc::new(store), background))
}

/// A test ledger's address as [`open`] and the program take it.
#[must_use]
pub fn address_of(ledger: &TestLedger) -> String {
    let Some(database) = ledger.database() else {
        return format!("sqlite:{}", ledger.folder().join("log.db").display());
    };
    let url = database.url_as(&format!("{}_app", database.name()));
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}ledger={}", database.name())
}

/// Nanoseconds by the clock that all processes of the machine share.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "processes share no other clock")]
pub fn now_nanos() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    u64::try_from(now.unwrap().as_nanos()).unwrap()
}

/// Sends a signal to a process; the shell has it built in, a bare Debian has no such program.
pub fn signal(process: u32, name: &str) {
    let script = "kill -\"$1\" \"$2\"";
    let sent = Command::new("sh")
        .args(["-c", script, "kill", name, &process.to_string()])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "kill -{name}");
}

/// A process whose lines are taken as they come; killed at the latest with this value.
pub struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    lines: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts it; `take` gets its lines, in their order, until [`Worker::kill`] or [`Worker::finish`]
    /// returns.
    pub fn start(command: &mut Command, mut take: impl FnMut(&str) + Send + 'static) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let taking = thread::spawn(move || {
            for line in lines.lines() {
                take(&line.unwrap());
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            lines: Some(taking),
        }
    }

    /// The process's id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Gives it a line.
    pub fn tell(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Kills it as a power cut would (SIGKILL) and takes what it had said.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.take_rest();
    }

    /// Ends its standard input, upon which it ends by itself.
    pub fn close(&mut self) {
        drop(self.input.take());
    }

    /// Has it end by itself, which it must within `patience`; answers whether it ended well.
    pub fn finish(&mut self, patience: Duration) -> bool {
        self.close();
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < patience, "it does not end");
            thread::sleep(Duration::from_millis(10));
        };
        self.take_rest();
        status.success()
    }

    fn take_rest(&mut self) {
        if let Some(lines) = self.lines.take() {
            lines.join().unwrap();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
