//! One page read ahead for whoever reads the log page by page.
//!
//! Whoever has asked for two pages in a row is likely to ask for a third, and the engine reads it
//! while the second is worked on. One page waits at most, and only for a moment: what it says is as old
//! as that, which in a log matters only for an erasure.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Limits;
use super::filter::Filter;
use super::read::{Direction, EventPage, ReadAll, ReadError};
use crate::id::Position;

/// How long a page that was read ahead may wait.
const FRESH: Duration = Duration::from_secs(1);

/// The page to come.
pub(crate) type Coming = oneshot::Receiver<Result<EventPage, ReadError>>;

/// The page that one store has read ahead.
#[derive(Default)]
pub(crate) struct Ahead(Mutex<Slot>);

#[derive(Default)]
struct Slot {
    /// Where the last page ended: a read from here goes on with it.
    expected: Option<Position>,
    coming: Option<(Position, Instant, Coming)>,
}

impl Ahead {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page that was read ahead for this read, if there is one.
    pub(crate) async fn take(&self, read: &ReadAll, limits: &Limits) -> Option<EventPage> {
        let from = plain(read, limits)?;
        let (_, _, coming) = self
            .lock()
            .coming
            .take_if(|(begins, at, _)| *begins == from && at.elapsed() < FRESH)?;
        // Where reading it failed, the caller reads it itself, and is told. So it does where the page
        // came to the log's end: by now there may be more, and a follower would take what it knows of
        // for what the page looked at.
        let page = coming.await.ok()?.ok();
        page.filter(|page| page.next.is_some())
    }

    /// Notes that a page was given; answers with the read that is to be begun now, if any is.
    pub(crate) fn given(
        &self,
        read: &ReadAll,
        page: &EventPage,
        limits: &Limits,
    ) -> Option<ReadAll> {
        let from = plain(read, limits)?;
        let next = Position::new(page.next?);
        let mut slot = self.lock();
        let goes_on = slot.expected.replace(next) == Some(from);
        goes_on.then(|| ReadAll {
            from: Some(next),
            ..read.clone()
        })
    }

    /// Keeps a page that was begun, in place of an older one.
    pub(crate) fn keep(&self, read: &ReadAll, coming: Coming) {
        let from = read.from.unwrap_or_default();
        self.lock().coming = Some((from, Instant::now(), coming));
    }
}

/// Where a read begins that takes whole pages of the whole log forwards.
fn plain(read: &ReadAll, limits: &Limits) -> Option<Position> {
    let whole = read.limit >= limits.page_events && read.filter == Filter::default();
    match read.direction {
        Direction::Forwards if whole => Some(read.from.unwrap_or_default()),
        Direction::Forwards | Direction::Backwards => None,
    }
}
