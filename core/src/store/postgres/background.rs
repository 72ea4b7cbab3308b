//! What a store does beside its readers: pages are read ahead, and scans that nobody goes on with end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};

use super::read::Reader;
use super::task;
use crate::id::Position;
use crate::store::ahead::Ahead;
use crate::store::read::{EventPage, ReadAll, ReadError};

/// A page to be read, and where it is waited for.
type Asked = (ReadAll, oneshot::Sender<Result<EventPage, ReadError>>);

/// The readers' end: asks for pages ahead.
pub(super) struct ReadAhead {
    ahead: Ahead,
    asked: mpsc::Sender<Asked>,
    /// Whether the background work runs, which alone answers.
    running: Arc<AtomicBool>,
}

/// The other end.
pub(super) struct Background {
    reader: Arc<Reader>,
    asked: mpsc::Receiver<Asked>,
    running: Arc<AtomicBool>,
}

/// Both ends of reading ahead with this reader.
pub(super) fn read_ahead(reader: Arc<Reader>) -> (ReadAhead, Background) {
    let (sender, receiver) = mpsc::channel(1);
    let running = Arc::<AtomicBool>::default();
    let ahead = ReadAhead {
        // The next page comes on the connection of the one before.
        ahead: Ahead::new(1),
        asked: sender,
        running: Arc::clone(&running),
    };
    let background = Background {
        reader,
        asked: receiver,
        running,
    };
    (ahead, background)
}

impl ReadAhead {
    /// Reads a page, or takes the one that was read ahead, and asks for the next.
    ///
    /// Beside saving the wait, this spares a wake-up of the reader's thread for each packet: the
    /// background work runs where the connection does.
    pub(super) async fn read(
        &self,
        reader: &Arc<Reader>,
        read: &ReadAll,
        known: Position,
    ) -> Result<EventPage, ReadError> {
        let page = if let Some(page) = self.ahead.take(read, &reader.limits).await {
            page
        } else {
            let (reader, read) = (Arc::clone(reader), read.clone());
            task::run(async move { reader.all(&read, known).await }).await?
        };
        for next in self.ahead.given(read, &page, &reader.limits) {
            let (answer, coming) = oneshot::channel();
            // Where another page is being read ahead, this one is read when it is asked for.
            let running = self.running.load(Ordering::Relaxed);
            if running && self.asked.try_send((next.clone(), answer)).is_ok() {
                self.ahead.keep(&next, coming);
            }
        }
        Ok(page)
    }
}

impl Background {
    /// Never ends by itself.
    pub(super) async fn run(self) {
        let Self {
            reader,
            asked,
            running,
        } = self;
        running.store(true, Ordering::Relaxed);
        tokio::join!(answer(&reader, asked), reader.tidy());
    }
}

async fn answer(reader: &Reader, mut asked: mpsc::Receiver<Asked>) {
    while let Some((read, answer)) = asked.recv().await {
        // Whoever waited may have gone.
        if !answer.is_closed() {
            drop(answer.send(reader.all(&read, Position::default()).await));
        }
    }
}
