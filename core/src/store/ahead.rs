//! Pages read ahead for whoever reads the log page by page.
//!
//! Whoever has asked for two pages in a row is likely to ask for a third, and the engine reads it
//! while the second is worked on. Few pages wait, and only for a moment: what they say is as old
//! as that, which in a log matters only for an erasure.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Limits;
use super::filter::Filter;
use super::read::{Direction, EventPage, ReadAll, ReadError};
use crate::id::Position;

/// A page to come.
pub(crate) type Coming = oneshot::Receiver<Result<EventPage, ReadError>>;

/// The pages that one store has read ahead.
pub(crate) struct Ahead {
    /// Most pages that wait.
    depth: usize,
    /// How long each may wait.
    fresh: Duration,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    /// Where the last page ended: a read from here goes on with it.
    expected: Option<Position>,
    /// Each with where it begins, in the order in which they were begun.
    coming: VecDeque<(Position, Instant, Coming)>,
}

impl Ahead {
    /// Reads at most `depth` pages ahead, each of which may wait for as long as `fresh` says.
    pub(crate) fn new(depth: usize, fresh: Duration) -> Self {
        Self {
            depth,
            fresh,
            pages: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the page that begins here out of those to come.
    fn begun(&self, from: Position) -> Option<Coming> {
        let coming = &mut self.lock().coming;
        let place = coming.iter().position(|(begins, ..)| *begins == from)?;
        let (_, at, page) = coming.remove(place)?;
        (at.elapsed() < self.fresh).then_some(page)
    }

    /// The page that was read ahead for this read, if there is one.
    pub(crate) async fn take(&self, read: &ReadAll, limits: &Limits) -> Option<EventPage> {
        let coming = self.begun(plain(read, limits)?)?;
        // Where reading it failed, the caller reads it itself, and is told. So it does where the page
        // came to the log's end: by now there may be more, and a follower would take what it knows of
        // for what the page looked at.
        let page = coming.await.ok()?.ok();
        page.filter(|page| page.next.is_some())
    }

    /// Notes that a page was given; answers with the reads that are to be begun now.
    pub(crate) fn given(&self, read: &ReadAll, page: &EventPage, limits: &Limits) -> Vec<ReadAll> {
        let (Some(from), Some(next)) = (plain(read, limits), page.next) else {
            return Vec::new();
        };
        let mut pages = self.lock();
        if pages.expected.replace(Position::new(next)) != Some(from) {
            return Vec::new();
        }
        // Positions are dense: where the page is a whole one, those behind it are likely to be.
        let length = u64::try_from(limits.page_events).unwrap_or(u64::MAX);
        let whole = next.saturating_sub(from.get()) == length;
        let depth = if whole { self.depth } else { 1 };
        let places = (0..depth).scan(next, |place, _| {
            let begins = Position::new(*place);
            *place = place.saturating_add(length);
            Some(begins)
        });
        pages
            .coming
            .retain(|(begins, at, _)| begins.get() >= next && at.elapsed() < self.fresh);
        let begun = |place: &Position| pages.coming.iter().any(|(begins, ..)| begins == place);
        places
            .filter(|place| !begun(place))
            .map(|place| ReadAll {
                from: Some(place),
                ..read.clone()
            })
            .collect()
    }

    /// Keeps a page that was begun, in place of the oldest.
    pub(crate) fn keep(&self, read: &ReadAll, coming: Coming) {
        let from = read.from.unwrap_or_default();
        let mut pages = self.lock();
        if pages.coming.len() >= self.depth {
            pages.coming.pop_front();
        }
        pages.coming.push_back((from, Instant::now(), coming));
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
