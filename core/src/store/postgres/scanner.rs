//! The thread that reads the log page by page, and ahead.
//!
//! On a runtime of several threads every packet wakes the one that waits for packets, though another is
//! still at work on those before it: with the server, three threads for two cores. Here one thread does
//! both in turns, and sleeps only when nothing has come.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::thread;
use std::time::Duration;

use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, StreamExt as _};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

use super::pager::Pager;
use super::scan::SCANS_MAX;
use crate::store::ahead::{Ahead, Coming};
use crate::store::read::{EventPage, ReadAll, ReadError};
use crate::store::{Limits, OpenError};

/// Pages that wait: the next one comes on the connection of the one before.
const AHEAD: usize = 1;
/// How long one may wait: longer than a scan is kept, which has gone on behind it.
const FRESH: Duration = Duration::from_secs(4);
/// Most connections of the thread.
pub(super) const CONNECTIONS_MAX: usize = 8;
/// Most pages that are read at once; the scans that are kept between two pages have a connection, too.
const READS_MAX: usize = CONNECTIONS_MAX - SCANS_MAX;

/// A page to be read, and where it is waited for.
type Asked = (ReadAll, oneshot::Sender<Result<EventPage, ReadError>>);

/// The thread did not answer: it panicked, or never began.
#[derive(Debug, thiserror::Error)]
#[error("the thread that reads the log does not answer")]
struct Silent;

/// Asks the thread, which ends once this is gone.
pub(super) struct Scanner {
    asked: mpsc::UnboundedSender<Asked>,
    ahead: Ahead,
    limits: Limits,
}

impl Scanner {
    /// Starts the thread; the pager's connections are to be used by nobody else.
    ///
    /// # Errors
    /// [`OpenError::Storage`] when the operating system gives no thread.
    pub(super) fn start(pager: Pager) -> Result<Self, OpenError> {
        let (limits, (sender, asked)) = (pager.reader.limits, mpsc::unbounded_channel());
        let thread = thread::Builder::new().name("scanner".to_owned());
        let started = thread.spawn(move || run(&pager, asked));
        started.map_err(|source| OpenError::Storage {
            source: Box::new(source),
        })?;
        Ok(Self {
            asked: sender,
            ahead: Ahead::new(AHEAD, FRESH),
            limits,
        })
    }

    /// Reads a page of the log forwards, or takes the one that was read ahead, and has the next one read.
    ///
    /// # Errors
    /// [`ReadError`].
    pub(super) async fn read(&self, read: &ReadAll) -> Result<EventPage, ReadError> {
        let page = match self.ahead.take(read, &self.limits).await {
            Some(page) => page,
            None => self.begin(read).await.unwrap_or_else(|_| {
                Err(ReadError::Storage {
                    source: Box::new(Silent),
                })
            })?,
        };
        for next in self.ahead.given(read, &page, &self.limits) {
            self.ahead.keep(&next, self.begin(&next));
        }
        Ok(page)
    }

    fn begin(&self, read: &ReadAll) -> Coming {
        let (answer, coming) = oneshot::channel();
        // Where the thread has ended, whoever waits is told.
        drop(self.asked.send((read.clone(), answer)));
        coming
    }
}

/// The thread: reads what is asked, side by side, until nobody can ask any more.
fn run(pager: &Pager, mut asked: mpsc::UnboundedReceiver<Asked>) {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "the log cannot be paged through"),
    };
    runtime.block_on(async {
        let (mut reads, mut tidy) = (FuturesUnordered::new(), pin!(pager.tidy()));
        loop {
            tokio::select! {
                next = asked.recv(), if reads.len() < READS_MAX => match next {
                    // What panics is one read, whose caller is told; the others go on.
                    Some(asked) => reads.push(AssertUnwindSafe(answer(pager, asked)).catch_unwind()),
                    None => return,
                },
                Some(_) = reads.next() => {},
                () = &mut tidy => {},
            }
        }
    });
}

async fn answer(pager: &Pager, (read, mut answer): Asked) {
    tokio::select! {
        page = pager.page(&read) => drop(answer.send(page)),
        // Whoever waited has gone.
        () = answer.closed() => {},
    }
}
