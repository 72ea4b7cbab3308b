//! One SQLite connection on a thread of its own, for programs that must not block.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, TryLockError, mpsc};
use std::thread;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A connection with a thread of its own. Jobs run one after another: those on the thread in the order given, short ones
/// whenever none runs.
///
/// The thread ends, and the connection closes, when the last handle is dropped and its jobs are done.
#[derive(Clone, Debug)]
pub struct SqliteThread {
    jobs: mpsc::Sender<Job>,
    /// Held by whoever has a job run.
    connection: Arc<Mutex<Connection>>,
}

/// The connection's thread has ended, which it does only after a panic in a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database thread has ended")]
pub struct ThreadEnded;

impl SqliteThread {
    /// Moves a connection to a new thread.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn start(connection: Connection) -> std::io::Result<Self> {
        stable(&connection).map_err(std::io::Error::other)?;
        let (jobs, queue) = mpsc::channel::<Job>();
        let connection = Arc::new(Mutex::new(connection));
        let own = Arc::clone(&connection);
        thread::Builder::new()
            .name("sqlite".to_owned())
            .spawn(move || {
                for job in queue {
                    // After a panic nobody knows in which state the connection is.
                    let Ok(mut connection) = own.lock() else {
                        break;
                    };
                    job(&mut connection);
                }
            })?;
        Ok(Self { jobs, connection })
    }

    /// Has `job` run on the connection's thread after those before it, without waiting for it.
    ///
    /// # Errors
    /// [`ThreadEnded`].
    pub fn begin(
        &self,
        job: impl FnOnce(&mut Connection) + Send + 'static,
    ) -> Result<(), ThreadEnded> {
        self.jobs.send(Box::new(job)).map_err(|_| ThreadEnded)
    }

    /// Runs `job` on the connection's thread and returns its answer.
    ///
    /// A dropped call may still run.
    ///
    /// # Errors
    /// The job's own, or [`ThreadEnded`].
    pub async fn call<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<ThreadEnded> + Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.begin(move |connection| drop(answer.send(job(connection))))?;
        answered.await.unwrap_or_else(|_| Err(ThreadEnded.into()))
    }

    /// Runs a job of microseconds, as reading a few rows is, where it is called if no other job runs, and else like
    /// [`SqliteThread::call`]: to go to another thread and back takes longer than such a job. The caller waits as long as
    /// the job does for the disk, or for another program that has the file to itself.
    ///
    /// # Errors
    /// Those of [`SqliteThread::call`].
    pub async fn call_short<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<ThreadEnded> + Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        // So that whoever reads on and on lets others run, and can be told that its time is over.
        tokio::task::consume_budget().await;
        match self.connection.try_lock() {
            Ok(mut connection) => return job(&mut connection),
            Err(TryLockError::Poisoned(_)) => return Err(ThreadEnded.into()),
            Err(TryLockError::WouldBlock) => {},
        }
        self.call(job).await
    }

    /// Whether no job runs just now.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.connection.try_lock().is_ok()
    }
}

/// Lets a plan depend on the statement alone. Without it SQLite makes a statement whose `LIMIT` is a parameter, as those
/// of all readers are, anew at each run: another limit might ask for another plan.
fn stable(connection: &Connection) -> rusqlite::Result<bool> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
}

/// Opens a file; where it can only be read, for reading alone.
///
/// Even to read a file in WAL mode SQLite needs `-wal` and `-shm` beside it. Those of another program
/// are enough when they can be read. Where there are none and none can be made, the file holds all
/// that was committed and is read as one that nobody changes meanwhile (`immutable`); a copy that
/// lacks its `-shm` but has commits in its `-wal` cannot be read so, and fails.
///
/// # Errors
/// SQLite's own.
pub fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let looked = Connection::open_with_flags(path, flags).and_then(|connection| {
        let tables: rusqlite::Result<i64> =
            connection.query_row(include_str!("sqlite_look.sql"), [], |row| row.get(0));
        match tables {
            // What it is that is no database, the caller says.
            Err(error) if !cannot_write(&error) => Ok(connection),
            tables => tables.map(|_| connection),
        }
    });
    match looked {
        Err(error) if cannot_write(&error) && is_whole(path) => {
            unchanging(path).unwrap_or(Err(error))
        },
        looked => looked,
    }
}

fn cannot_write(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

/// Whether the file is there and no commit waits beside it.
fn is_whole(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let waiting = fs::metadata(PathBuf::from(wal)).is_ok_and(|wal| wal.len() > 0);
    path.exists() && !waiting
}

/// The file as one that nobody changes; nothing where its path cannot be written as a URI.
fn unchanging(path: &Path) -> Option<rusqlite::Result<Connection>> {
    let path = path.canonicalize().ok()?;
    let path = path.to_str()?.replace('%', "%25");
    let path = path.replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let uri = format!("file:{path}?immutable=1");
    Some(Connection::open_with_flags(uri, flags))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    const SQL: &str = "SELECT n FROM t WHERE n >= ?1 LIMIT ?2";

    fn made_anew(connection: &Connection) -> i32 {
        let mut statement = connection.prepare(SQL).unwrap();
        for from in 0..5_i64 {
            let mut rows = statement.query([from, 9]).unwrap();
            while rows.next().unwrap().is_some() {}
        }
        statement.get_status(StatementStatus::RePrepare)
    }

    fn started() -> SqliteThread {
        SqliteThread::start(Connection::open_in_memory().unwrap()).unwrap()
    }

    fn where_it_runs()
    -> impl FnOnce(&mut Connection) -> Result<thread::ThreadId, ThreadEnded> + Copy {
        |_| Ok(thread::current().id())
    }

    #[tokio::test]
    async fn a_short_job_runs_where_it_is_called_and_behind_another_job_on_the_thread() {
        let (sqlite, here) = (started(), thread::current().id());
        assert_eq!(sqlite.call_short(where_it_runs()).await, Ok(here));
        assert_ne!(sqlite.call(where_it_runs()).await, Ok(here));

        let (begun, at) = mpsc::channel();
        let (go_on, waits) = mpsc::channel::<()>();
        let long = move |_: &mut Connection| {
            begun.send(()).unwrap();
            waits.recv().unwrap();
        };
        sqlite.begin(long).unwrap();
        at.recv().unwrap();
        assert!(!sqlite.is_free());
        let mut short = Box::pin(sqlite.call_short(where_it_runs()));
        assert_eq!(futures::poll!(&mut short), std::task::Poll::Pending);
        go_on.send(()).unwrap();
        assert_ne!(short.await, Ok(here));
    }

    #[tokio::test]
    async fn after_a_panic_no_job_runs() {
        let sqlite = started();
        sqlite.begin(|_| panic!("a job's")).unwrap();
        let long = sqlite.call(where_it_runs()).await;
        assert_eq!(long, Err(ThreadEnded));
        assert_eq!(sqlite.call_short(where_it_runs()).await, Err(ThreadEnded));
    }

    #[tokio::test]
    async fn a_statement_is_not_made_anew_for_other_values() {
        let open = || {
            let connection = Connection::open_in_memory().unwrap();
            let table = "CREATE TABLE t (n INTEGER PRIMARY KEY)";
            connection.execute_batch(table).unwrap();
            connection
        };
        assert!(made_anew(&open()) > 0, "SQLite itself does");
        let thread = SqliteThread::start(open()).unwrap();
        let count = |connection: &mut Connection| Ok::<_, ThreadEnded>(made_anew(connection));
        assert_eq!(thread.call(count).await.unwrap(), 0);
    }
}
