//! One private server: its data folder, its main process, and the watchdog that outlives the tests.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::programs::Programs;
use super::url::Address;

/// A Unix socket's path has at most 107 bytes; this leaves room for its name.
const SOCKET_FOLDER_BYTES_MAX: usize = 80;

/// How often a start is tried: another process may have taken the port, and after a kill the
/// children of the old main process need a moment to notice and go.
const STARTS: u32 = 50;

/// A server in a folder of its own; stopped and removed when dropped, or when the process ends.
#[derive(Debug)]
pub(super) struct Cluster {
    folder: PathBuf,
    port: u16,
    password: String,
    programs: Programs,
    watchdog: Child,
}

impl Cluster {
    /// Makes a data folder and starts a server on it.
    ///
    /// It is in `parent`, or where temporary files are.
    pub(super) fn start(parent: Option<&Path>) -> Result<Self, String> {
        let programs = Programs::find()?;
        let said = |error: io::Error| format!("cannot prepare a PostgreSQL server: {error}");
        let folder = own_folder(parent).map_err(said)?;
        let mut cluster = Self {
            watchdog: watch(&folder, &programs).map_err(said)?,
            folder,
            port: 0,
            password: format!("{:032x}", rand::random::<u128>()),
            programs,
        };
        cluster.initialise()?;
        // The port is free now; whoever takes it before the server does costs one more try.
        let tries = (0..5).map(|_| {
            cluster.port = free_port().map_err(said)?;
            cluster.try_start()
        });
        first_success(tries)?;
        Ok(cluster)
    }

    fn initialise(&self) -> Result<(), String> {
        let said = |error: io::Error| format!("cannot prepare a PostgreSQL server: {error}");
        let password = self.folder.join("password");
        fs::write(&password, &self.password).map_err(said)?;
        if let Some(user) = self.programs.user() {
            for path in [&self.folder, &password] {
                chown(path, Some(user.uid), Some(user.gid)).map_err(said)?;
            }
        }
        // Text sorts by language, unlike in Rust: a query that forgets COLLATE "C" is found out.
        let args = "--pgdata=data --username=postgres --pwfile=password --encoding=UTF8 --locale=C \
                    --locale-provider=icu --icu-locale=ja --auth-local=trust \
                    --auth-host=scram-sha-256 --no-sync --no-instructions";
        let args: Vec<_> = args.split_whitespace().collect();
        self.programs.run("initdb", &self.folder, &args)?;
        let folder = self.folder.display().to_string().replace('\'', "''");
        let settings = include_str!("postgresql.conf");
        let settings = format!("{settings}unix_socket_directories = '{folder}'\n");
        // Read after the file that initdb wrote, so that it wins.
        fs::write(self.data().join("postgresql.auto.conf"), settings).map_err(said)
    }

    /// Starts it again on its port; returns when it answers.
    pub(super) fn start_again(&self) -> Result<(), String> {
        first_success((0..STARTS).map(|number| {
            if number > 0 {
                thread::sleep(Duration::from_millis(100));
            }
            self.try_start()
        }))
    }

    fn try_start(&self) -> Result<(), String> {
        let port = format!("-p {}", self.port);
        let args = [
            "-D", "data", "-l", "log", "-w", "-t", "60", "-o", &port, "start",
        ];
        self.programs
            .run("pg_ctl", &self.folder, &args)
            .map_err(|why| {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                format!("{why}\n{log}")
            })
    }

    /// Stops it without a checkpoint.
    pub(super) fn stop_immediately(&self) {
        let args = ["-D", "data", "-m", "immediate", "-w", "stop"];
        let stopped = self.programs.run("pg_ctl", &self.folder, &args);
        stopped.unwrap_or_else(|why| panic!("{why}"));
    }

    /// Its main process.
    fn process(&self) -> u32 {
        let written = fs::read_to_string(self.data().join("postmaster.pid"));
        let written = written.expect("a running server has a postmaster.pid");
        let process = written.lines().next().expect("its first line is the id");
        process.parse().expect("a process's id")
    }

    /// Sets the largest file that processes of connections to come may write.
    pub(super) fn limit_files(&self, bytes: &str) {
        let mut command = self.programs.command("prlimit");
        command.arg(format!("--pid={}", self.process()));
        let set = command.arg(format!("--fsize={bytes}:unlimited")).status();
        assert!(set.is_ok_and(|status| status.success()), "prlimit failed");
    }

    /// Kills its main process; the others notice and go.
    pub(super) fn kill(&self) {
        let process = self.process().to_string();
        // The shell has it built in; a bare Debian has no program of this name.
        let script = "kill -KILL \"$1\"";
        let killed = Command::new("sh")
            .args(["-c", script, "kill", &process])
            .status();
        assert!(killed.is_ok_and(|status| status.success()), "kill failed");
    }

    /// Over TCP, as the superuser.
    pub(super) fn address(&self) -> Address {
        Address {
            host: Ipv4Addr::LOCALHOST.to_string(),
            password: Some(self.password.clone()),
            ..self.socket_address()
        }
    }

    /// Over the Unix socket, where only this user gets and nobody needs a password.
    pub(super) fn socket_address(&self) -> Address {
        Address {
            host: self.folder.display().to_string(),
            port: self.port,
            role: "postgres".to_owned(),
            password: None,
            database: "postgres".to_owned(),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        if let Err(error) = self.watchdog.wait() {
            eprintln!("the test server's watchdog was lost: {error}");
        }
    }
}

/// A new folder; the watchdog removes it.
fn own_folder(parent: Option<&Path>) -> io::Result<PathBuf> {
    let usual = std::env::temp_dir();
    let parent = parent.unwrap_or(&usual);
    let short = parent.as_os_str().len() <= SOCKET_FOLDER_BYTES_MAX;
    let parent = if short { parent } else { Path::new("/tmp") };
    let folder = tempfile::Builder::new()
        .prefix("care-ledger-test-")
        .tempdir_in(parent)?;
    Ok(folder.keep())
}

/// Starts the watchdog, in a process group of its own so that an interrupt does not reach it.
fn watch(folder: &Path, programs: &Programs) -> io::Result<Child> {
    Command::new("sh")
        .args(["-c", include_str!("watchdog.sh"), "watchdog"])
        .arg(folder)
        .args(programs.words("pg_ctl"))
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// The first success, or the last failure.
fn first_success(tries: impl Iterator<Item = Result<(), String>>) -> Result<(), String> {
    let mut last = Ok(());
    for tried in tries {
        last = tried;
        if last.is_ok() {
            break;
        }
    }
    last
}
