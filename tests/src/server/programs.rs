//! The server's programs on this machine, and the user that may run them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::{OLDEST_MAJOR, VARIABLE};

/// The programs that a private server needs; a lone `postgres` on the path is not enough.
const NEEDED: [&str; 3] = ["initdb", "postgres", "pg_ctl"];

/// Where Debian keeps the servers, one folder a version, beside the path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A folder with the server's programs, and how to run them as a user that the server accepts.
#[derive(Debug)]
pub(super) struct Programs {
    folder: PathBuf,
    user: Option<User>,
}

/// The user that stands in for root, as whom the server refuses to run.
#[derive(Debug)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
    prefix: Vec<String>,
}

impl Programs {
    /// Finds a server of at least [`OLDEST_MAJOR`]: on the path first, then Debian's newest.
    pub(super) fn find() -> Result<Self, String> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path)
            .filter_map(|folder| folder.join("initdb").canonicalize().ok())
            .filter_map(|initdb| initdb.parent().map(Path::to_owned));
        let folder = on_path
            .chain(debian_folders())
            .find(|folder| NEEDED.iter().all(|name| is_recent(&folder.join(name))))
            .ok_or_else(|| {
                format!(
                    "no PostgreSQL server to test with: run `sudo apt-get install -y postgresql` \
                     (version {OLDEST_MAJOR} or newer), or set {VARIABLE} to a superuser's URL of \
                     a running one"
                )
            })?;
        let user = User::instead_of_root()?;
        Ok(Self { folder, user })
    }

    pub(super) const fn user(&self) -> Option<&User> {
        self.user.as_ref()
    }

    /// The words that run `program` as the right user.
    pub(super) fn words(&self, program: &str) -> Vec<OsString> {
        let prefix = self.user.iter().flat_map(|user| &user.prefix);
        let program = self.folder.join(program).into_os_string();
        prefix.map(OsString::from).chain([program]).collect()
    }

    /// A command of the system's, run as the right user: one that changes the server's processes must.
    pub(super) fn command(&self, program: &str) -> Command {
        let prefix = self.user.iter().flat_map(|user| &user.prefix);
        let words: Vec<&str> = prefix.map(String::as_str).chain([program]).collect();
        let (first, rest) = words.split_first().expect("a program has a name");
        let mut command = Command::new(first);
        command.args(rest);
        command
    }

    /// Runs `program` in `folder` and gives its standard error when it fails.
    ///
    /// The environment is emptied: `PGDATA`, `PGPORT` and the like mean another server.
    pub(super) fn run(&self, program: &str, folder: &Path, args: &[&str]) -> Result<(), String> {
        let words = self.words(program);
        let (first, rest) = words.split_first().expect("a program has a name");
        // Standard output is the server's too once `pg_ctl` has started it: a pipe would stay open.
        let output = Command::new(first)
            .args(rest)
            .args(args)
            .current_dir(folder)
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output();
        match output {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(format!(
                "{program} failed: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            )),
            Err(error) => Err(format!("cannot run {program}: {error}")),
        }
    }
}

/// Debian's folders, the newest version first.
fn debian_folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions
        .into_iter()
        .map(|(_, folder)| folder.join("bin"))
        .collect()
}

/// Whether a program runs at all and is new enough: `initdb (PostgreSQL) 15.18 (Debian …)`.
fn is_recent(program: &Path) -> bool {
    let said = Command::new(program)
        .arg("--version")
        .output()
        .unwrap_or_else(|_| nothing());
    let said = String::from_utf8_lossy(&said.stdout);
    let version = said.split_once("(PostgreSQL) ").map(|(_, version)| version);
    let major = version.and_then(|version| version.split(|c: char| !c.is_ascii_digit()).next());
    major
        .and_then(|major| major.parse().ok())
        .is_some_and(|major: u32| major >= OLDEST_MAJOR)
}

fn nothing() -> Output {
    Output {
        status: std::process::ExitStatus::default(),
        stdout: Vec::new(),
        stderr: Vec::new(),
    }
}

impl User {
    /// None where this process is not root's; else `postgres` or, without one, `nobody`.
    fn instead_of_root() -> Result<Option<Self>, String> {
        if id(&["-u"]) != Some(0) {
            return Ok(None);
        }
        let numbers = |name| Some((name, id(&["-u", name])?, id(&["-g", name])?));
        let (name, uid, gid) = numbers("postgres")
            .or_else(|| numbers("nobody"))
            .ok_or("PostgreSQL refuses to run as root, and there is no user postgres or nobody")?;
        let prefix = switch_user(name).ok_or("as root, the tests need setpriv or runuser")?;
        Ok(Some(Self { uid, gid, prefix }))
    }
}

/// The words that run a command as `name`, whatever shell that user has.
fn switch_user(name: &str) -> Option<Vec<String>> {
    let (user, group) = (
        format!("--reuid={name}"),
        format!("--regid={}", id(&["-g", name])?),
    );
    let ways = [
        vec!["setpriv", &user, &group, "--init-groups", "--"],
        vec!["runuser", "-u", name, "--"],
    ];
    ways.into_iter()
        .find(|way| {
            let tried = way
                .split_first()
                .map(|(first, rest)| Command::new(first).args(rest).arg("true").output());
            matches!(tried, Some(Ok(output)) if output.status.success())
        })
        .map(|way| way.into_iter().map(str::to_owned).collect())
}

/// What `id` prints, as a number.
fn id(args: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(args).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
