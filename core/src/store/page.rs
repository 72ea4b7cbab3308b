//! How much of the log one page covers, and where the next one begins.

use super::read::{Direction, ReadAll};
use super::{Limits, StoredEvent};
use crate::id::Position;

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
pub(crate) fn stop_at(range: &Range, unfit: Option<Position>, head: Position) -> Option<u64> {
    if let Some(position) = unfit {
        return Some(position.get());
    }
    match range.direction {
        Direction::Forwards => (range.high < head).then(|| range.high.get().saturating_add(1)),
        Direction::Backwards => range.low.get().checked_sub(1).filter(|next| *next > 0),
    }
}

/// Adds an event to the page's bytes; answers whether it no longer fits. The first always does.
pub(crate) fn page_bytes_full(bytes: &mut usize, event: &StoredEvent) -> bool {
    let sealed = event.sealed.as_ref().map_or(0, bytes::Bytes::len);
    let size = event
        .data
        .len()
        .saturating_add(event.metadata.len())
        .saturating_add(sealed);
    let full = *bytes > 0 && bytes.saturating_add(size) > PAGE_BYTES;
    *bytes = bytes.saturating_add(size.max(1));
    full
}
