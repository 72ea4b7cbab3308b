//! One SQLite connection on a thread of its own, for programs that must not block.

use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A connection that lives on its own thread; jobs run one after another in the order given.
///
/// The thread ends, and the connection closes, when the last handle is dropped and its jobs are done.
#[derive(Clone, Debug)]
pub struct SqliteThread {
    jobs: mpsc::Sender<Job>,
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
        let (jobs, queue) = mpsc::channel::<Job>();
        thread::Builder::new()
            .name("sqlite".to_owned())
            .spawn(move || {
                let mut connection = connection;
                for job in queue {
                    job(&mut connection);
                }
            })?;
        Ok(Self { jobs })
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
        let run: Job = Box::new(move |connection| drop(answer.send(job(connection))));
        self.jobs.send(run).map_err(|_| ThreadEnded)?;
        answered.await.unwrap_or_else(|_| Err(ThreadEnded.into()))
    }
}
