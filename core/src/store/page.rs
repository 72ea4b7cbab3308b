//! How much of the log one page covers, and where the next one begins.

use super::Limits;
use super::coded::CodedEvent;
use super::read::{Direction, ReadAll};
use crate::id::{Position, Revision};

/// Most bytes of events in one page, so that a reader's memory is bounded whatever their size.
pub(crate) const PAGE_BYTES: usize = 8 << 20;
/// How many times its page a filtered read looks through before it answers.
const FILTER_REACH: u64 = 50;

/// The positions that one page of the log looks at.
pub(crate) struct Range {
    pub(crate) low: Position,
    pub(crate) high: Position,
    pub(crate) limit: usize,
    direction: Direction,
}

impl Range {
    /// The range of a read on a log with this head; none when there is nothing to look at.
    pub(crate) fn of(read: &ReadAll, head: Position, limits: &Limits) -> Option<Self> {
        let limit = read.limit.min(limits.page_events);
        // Positions are dense, so without a filter the page is exactly its range; a wider one would
        // have the engine sort what the page does not take.
        let unfiltered = read.filter == super::Filter::default();
        let times = if unfiltered { 1 } else { FILTER_REACH };
        let reach = u64::try_from(limit)
            .unwrap_or(u64::MAX)
            .saturating_mul(times);
        let reach = reach.saturating_sub(1);
        let (low, high) = match read.direction {
            Direction::Forwards => {
                let low = read.from.unwrap_or_default().get().max(1);
                (low, low.saturating_add(reach).min(head.get()))
            },
            Direction::Backwards => {
                let high = read.from.unwrap_or(head).get().min(head.get());
                (high.saturating_sub(reach).max(1), high)
            },
        };
        let (low, high) = (Position::new(low), Position::new(high));
        (limit > 0 && low <= high).then_some(Self {
            low,
            high,
            limit,
            direction: read.direction,
        })
    }
}

/// Where to read on: at the first event that did not fit, or past the range; none at the log's end.
pub(crate) fn stop_at(range: &Range, unfit: Option<Place>, head: Position) -> Option<u64> {
    if let Some(place) = unfit {
        return Some(place.position.get());
    }
    match range.direction {
        Direction::Forwards => (range.high < head).then(|| range.high.get().saturating_add(1)),
        Direction::Backwards => range.low.get().checked_sub(1).filter(|next| *next > 0),
    }
}

/// Where an event stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) position: Position,
    pub(crate) revision: Revision,
}

/// A page being filled, row by row.
pub(crate) struct Page {
    pub(crate) events: Vec<CodedEvent>,
    /// The first event that did not fit.
    pub(crate) unfit: Option<Place>,
    limit: usize,
    bytes: usize,
}

impl Page {
    /// An empty page of at most `limit` events.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            events: Vec::new(),
            unfit: None,
            limit,
            bytes: 0,
        }
    }

    /// Adds a row, or gives it back where it does not fit. The first always fits, however large.
    pub(crate) fn take(&mut self, event: CodedEvent) -> Option<CodedEvent> {
        let size = event.size_bytes();
        let large = !self.events.is_empty() && self.bytes.saturating_add(size) > PAGE_BYTES;
        if large || self.is_full() {
            self.unfit = Some(Place {
                position: event.position,
                revision: event.revision,
            });
            return Some(event);
        }
        self.bytes = self.bytes.saturating_add(size);
        self.events.push(event);
        None
    }

    /// Whether it has as many events as it may have.
    pub(crate) fn is_full(&self) -> bool {
        self.events.len() >= self.limit
    }

    /// How many rows may still be taken, one of them only to tell where the next page begins.
    pub(crate) fn room(&self) -> usize {
        let room = self.limit.saturating_sub(self.events.len());
        room.saturating_add(1)
    }

    /// Goes back to the first `count` events, for another attempt at the rest.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.events.truncate(count);
        self.bytes = self.events.iter().map(CodedEvent::size_bytes).sum();
        self.unfit = None;
    }
}
