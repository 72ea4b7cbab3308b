//! The embedded backend: one SQLite file, for one machine.

mod engine;
mod lease;
mod open;
mod read;
mod restore;
mod volume;

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};
use uuid::Uuid;

use self::engine::SqliteEngine;
use super::ahead::Ahead;
use super::append::{Append, AppendError, PendingAppend};
use super::filter::Filter;
use super::follow::{Deliveries, Followed, follow};
use super::lease::{HeldLease, Lease, LeaseError, Leases};
use super::names::Names;
use super::observer::Observer;
use super::read::{Direction, EventPage, Head, ReadAll, ReadError, ReadStream};
use super::writer::{Writer, WriterHandle};
use super::{EventStore, LedgerStore, Limits, OpenError};
use crate::backup::{Reader, RestoreError};
use crate::id::{LedgerId, Position};
use crate::proof::Checkpoint;
use crate::sqlite::SqliteThread;
use crate::time::Clock;

/// How often other processes' commits are looked for while somebody follows the log.
const POLL: Duration = Duration::from_millis(250);
/// Pages that are read ahead at once, each on a thread; one of them is the other readers', too.
const AHEAD: usize = 2;
/// Most events that are read where somebody asks for them, rather than on a reader's thread.
const LITTLE: usize = 256;
/// How long a page that was read ahead may wait.
const FRESH: Duration = Duration::from_secs(1);

/// A ledger in an SQLite file.
#[derive(Clone)]
pub struct SqliteStore {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    ledger: LedgerId,
    limits: Limits,
    reader: SqliteThread,
    /// Pages read ahead are read by these in turns, side by side; the first is the reader.
    ahead_readers: [SqliteThread; AHEAD],
    names: Arc<Names>,
    ahead: Ahead,
    writer: WriterHandle,
    head: watch::Receiver<Position>,
}

/// An opened store and its background work, which somebody must run.
pub type Opened<S> = (S, BoxFuture<'static, ()>);

impl SqliteStore {
    /// Makes a new ledger in a new file, or in one without anything in it.
    ///
    /// # Errors
    /// [`OpenError::Exists`] when the file holds something already; others when it cannot be written.
    pub fn create(path: &Path, ledger: LedgerId) -> Result<(), OpenError> {
        open::create(path, ledger)
    }

    /// Makes a ledger of a backup in a new file, or in one without anything in it, and gives its head.
    ///
    /// All in one transaction: nothing of it is there before the whole backup was found good, also when
    /// the program is killed meanwhile. Blocks until it is done.
    ///
    /// # Errors
    /// [`RestoreError`] when the file holds something already or cannot be written, or the backup is
    /// damaged; nothing is left then.
    pub fn restore<R: BufRead>(
        path: &Path,
        backup: &mut Reader<R>,
        progress: &mut (dyn FnMut(Position, Position) + Send),
    ) -> Result<Checkpoint, RestoreError> {
        restore::restore(path, backup, progress)
    }

    /// Opens a ledger; nothing is written until the returned future is polled, and the future ends
    /// once the last clone of the store is gone and its queue is written.
    ///
    /// # Errors
    /// [`OpenError`] when there is no ledger, a newer one, or it cannot be read.
    pub fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Result<Opened<Self>, OpenError> {
        Self::open_observed(path, clock, limits, Arc::new(()))
    }

    /// Opens a ledger like [`SqliteStore::open`], whose writer tells `observer` how it goes.
    ///
    /// # Errors
    /// Those of [`SqliteStore::open`].
    pub fn open_observed(
        path: &Path,
        clock: Arc<dyn Clock>,
        limits: Limits,
        observer: Arc<dyn Observer>,
    ) -> Result<Opened<Self>, OpenError> {
        let (ledger, connection) = open::open(path)?;
        let thread = || open::thread(open::connect(path)?);
        let (reader, beside) = (thread()?, thread()?);
        let engine = SqliteEngine::new(open::thread(connection)?);
        let (handle, requests) = WriterHandle::new(limits, observer);
        let (publish, head) = watch::channel(Position::default());
        let writer = Writer::new(engine, clock, limits, requests, publish.clone());
        let background = run(writer.run().boxed(), poll(reader.clone(), publish));
        let path = path.to_owned();
        let inner = Inner {
            path,
            ledger,
            limits,
            ahead_readers: [reader.clone(), beside],
            reader,
            names: Arc::new(Names::new()),
            ahead: Ahead::new(AHEAD, FRESH),
            writer: handle,
            head,
        };
        Ok((
            Self {
                inner: Arc::new(inner),
            },
            background.boxed(),
        ))
    }

    fn what_reads_need<R: Clone>(&self, read: &R) -> (R, Limits, Arc<Names>) {
        (
            read.clone(),
            self.inner.limits,
            Arc::clone(&self.inner.names),
        )
    }

    async fn read_page(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        if let Some(page) = self.little(read).await? {
            return Ok(page);
        }
        let (read, limits, names) = self.what_reads_need(read);
        self.inner
            .reader
            .call(move |connection| read::all(connection, &names, (&read, &limits)))
            .await
    }

    /// Who reads a little: the first reader, if it is free or both read.
    fn free_reader(&self) -> &SqliteThread {
        let free = self
            .inner
            .ahead_readers
            .iter()
            .find(|reader| reader.is_free());
        free.unwrap_or(&self.inner.reader)
    }

    /// A page of the log where it is read in microseconds: few events, or what came lately.
    async fn little(&self, read: &ReadAll) -> Result<Option<EventPage>, ReadError> {
        let is_short = read.limit <= LITTLE && read.filter == Filter::default();
        if !is_short && read.direction == Direction::Backwards {
            return Ok(None);
        }
        let (read, limits, names) = self.what_reads_need(read);
        let little = move |connection: &mut Connection| {
            // Looked up anew, as another program may have written much.
            if !is_short && !is_late(&read, read::head(connection)?.position) {
                return Ok(None);
            }
            read::all(connection, &names, (&read, &limits)).map(Some)
        };
        self.free_reader().call_short(little).await
    }

    /// Who reads the page ahead that begins here.
    fn ahead_reader(&self, next: &ReadAll) -> &SqliteThread {
        let [even, odd] = &self.inner.ahead_readers;
        let length = u64::try_from(self.inner.limits.page_events).unwrap_or(u64::MAX);
        let page = next.from.unwrap_or_default().get().checked_div(length);
        if page.unwrap_or(0).is_multiple_of(2) {
            even
        } else {
            odd
        }
    }

    /// Has a page read ahead, after what the reader's thread is at.
    fn read_ahead(&self, next: &ReadAll) {
        let (answer, coming) = oneshot::channel();
        let (read, limits, names) = self.what_reads_need(next);
        let begun = self.ahead_reader(next).begin(move |connection| {
            // Whoever waited may have gone.
            if !answer.is_closed() {
                drop(answer.send(read::all(connection, &names, (&read, &limits))));
            }
        });
        if begun.is_ok() {
            self.inner.ahead.keep(next, coming);
        }
    }

    /// The ledger's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }
}

/// Whether a read begins so near the end of the log that little is left to read.
fn is_late(read: &ReadAll, head: Position) -> bool {
    let from = read.from.unwrap_or_default().get();
    let behind = usize::try_from(head.get().saturating_sub(from));
    behind.is_ok_and(|behind| behind <= LITTLE)
}

/// The writer's half alone, for tests of the writer.
#[cfg(test)]
pub(in crate::store) fn engine(path: &Path) -> impl super::writer::engine::Engine {
    SqliteEngine::new(open::thread(open::connect(path).unwrap()).unwrap())
}

/// Runs the writer to its end, and the poller, which has none, beside it.
async fn run(writer: BoxFuture<'static, ()>, poller: impl Future<Output = ()>) {
    tokio::select! {
        () = writer => {},
        () = poller => {},
    }
}

/// Publishes the head whenever another connection has changed the file.
async fn poll(reader: SqliteThread, publish: watch::Sender<Position>) {
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut seen = None;
    loop {
        ticks.tick().await;
        // The store itself holds one receiver; more of them are followers.
        if publish.receiver_count() < 2 {
            continue;
        }
        match reader
            .call(move |connection| read::head_if_changed(connection, seen))
            .await
        {
            Ok((version, head)) => {
                seen = Some(version);
                if let Some(head) = head {
                    publish.send_if_modified(|known| {
                        let newer = head > *known;
                        *known = head.max(*known);
                        newer
                    });
                }
            },
            Err(error) => tracing::warn!(%error, "the file cannot be looked at for new events"),
        }
    }
}

impl LedgerStore for SqliteStore {
    fn ledger_id(&self) -> LedgerId {
        self.inner.ledger
    }
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn submit(&self, append: Append) -> Result<PendingAppend, AppendError> {
        self.inner.writer.submit(append)
    }

    async fn read_stream(&self, read: &ReadStream) -> Result<EventPage, ReadError> {
        let (read, limits, names) = self.what_reads_need(read);
        self.free_reader()
            .call_short(move |connection| read::stream(connection, &names, (&read, &limits)))
            .await
    }

    async fn read_all(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let (ahead, limits) = (&self.inner.ahead, self.inner.limits);
        let (asked, read) = (read, &read.pushed());
        let page = if let Some(page) = ahead.take(read, &limits).await {
            page
        } else {
            self.read_page(read).await?
        };
        for next in ahead.given(read, &page, &limits) {
            self.read_ahead(&next);
        }
        asked.narrow(page)
    }

    async fn head(&self) -> Result<Head, ReadError> {
        self.free_reader()
            .call_short(|connection| read::head(connection))
            .await
    }

    async fn follow(&self, followed: Followed) -> Result<Deliveries, ReadError> {
        Ok(follow(
            Arc::new(self.clone()),
            self.inner.head.clone(),
            followed,
        ))
    }
}

#[async_trait]
impl Leases for SqliteStore {
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError> {
        let name = name.to_owned();
        self.inner
            .reader
            .call(move |connection| lease::take(connection, &name, holder, time))
            .await
    }

    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError> {
        let name = name.to_owned();
        self.inner
            .reader
            .call(move |connection| lease::release(connection, &name, holder))
            .await
    }

    async fn leases(&self) -> Result<Vec<HeldLease>, LeaseError> {
        self.inner
            .reader
            .call(|connection| lease::held(connection))
            .await
    }
}
