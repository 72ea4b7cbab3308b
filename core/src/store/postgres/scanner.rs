//! The thread that reads the log page by page, and ahead.
//!
//! On a runtime of several threads every packet wakes the one that waits for packets, though another is
//! still at work on those before it: with the server, three threads for two cores. Here one thread does
//! both in turns, and sleeps only when nothing has come.

use std::pin::pin;
use std::thread;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};

use super::pager::Pager;
use crate::store::ahead::{Ahead, Coming};
use crate::store::read::{EventPage, ReadAll, ReadError};
use crate::store::{Limits, OpenError};

/// Pages that wait: the next one comes on the connection of the one before.
const AHEAD: usize = 1;

/// A page to be read, and where it is waited for.
type Asked = (ReadAll, oneshot::Sender<Result<EventPage, ReadError>>);

/// The thread has ended, which it does only after a panic.
#[derive(Debug, thiserror::Error)]
#[error("the thread that reads the log has ended")]
struct Ended;

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
        let failed = |source: std::io::Error| OpenError::Storage {
            source: Box::new(source),
        };
        let (limits, (sender, asked)) = (pager.reader.limits, mpsc::unbounded_channel());
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(failed)?;
        thread::Builder::new()
            .name("scanner".to_owned())
            .spawn(move || run(&runtime, &pager, asked))
            .map_err(failed)?;
        Ok(Self {
            asked: sender,
            ahead: Ahead::new(AHEAD),
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
                    source: Box::new(Ended),
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
fn run(runtime: &Runtime, pager: &Pager, mut asked: mpsc::UnboundedReceiver<Asked>) {
    runtime.block_on(async {
        let (mut reads, mut tidy) = (FuturesUnordered::new(), pin!(pager.tidy()));
        loop {
            tokio::select! {
                next = asked.recv() => match next {
                    Some(asked) => reads.push(answer(pager, asked)),
                    None => return,
                },
                Some(()) = reads.next() => {},
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
