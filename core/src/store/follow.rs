//! Subscriptions: catch up page by page, then wait for the head to move.

use std::collections::VecDeque;
use std::sync::Arc;

use futures::StreamExt as _;
use tokio::sync::watch;

use super::read::{Direction, Filter, ReadAll, ReadError, Subscription};
use super::{EventStore, StoredEvent};
use crate::id::Position;

/// Where one subscription is.
struct Follower<S> {
    store: Arc<S>,
    head: watch::Receiver<Position>,
    filter: Filter,
    checkpoint: Position,
    ready: VecDeque<StoredEvent>,
}

/// Follows the log of `store` from after `from`; `head` tells when there is more.
pub(crate) fn follow<S: EventStore + 'static>(
    store: Arc<S>,
    head: watch::Receiver<Position>,
    from: Position,
    filter: Filter,
) -> Subscription {
    let follower = Follower {
        store,
        head,
        filter,
        checkpoint: from,
        ready: VecDeque::new(),
    };
    futures::stream::try_unfold(follower, |mut follower| async move {
        Ok(follower.next().await?.map(|event| (event, follower)))
    })
    .boxed()
}

impl<S: EventStore> Follower<S> {
    /// The next wanted event; none when the store's background work has ended.
    async fn next(&mut self) -> Result<Option<StoredEvent>, ReadError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            // Marked as seen before the read: what comes during it wakes the wait below.
            let known = *self.head.borrow_and_update();
            if self.fill(known).await? || !self.ready.is_empty() {
                continue;
            }
            if self.head.changed().await.is_err() {
                return Ok(None);
            }
        }
    }

    /// Reads the next page; answers whether more is there already.
    async fn fill(&mut self, known: Position) -> Result<bool, ReadError> {
        let read = ReadAll {
            from: Some(self.checkpoint.plus(1)),
            direction: Direction::Forwards,
            limit: usize::MAX,
            filter: self.filter.clone(),
        };
        let page = self.store.read_all(&read).await?;
        let last = page
            .events
            .last()
            .map_or(self.checkpoint, |event| event.position);
        self.checkpoint = match page.next {
            Some(next) => Position::new(next.saturating_sub(1)),
            None => self.checkpoint.max(last).max(known),
        };
        self.ready.extend(page.events.iter().cloned());
        Ok(page.next.is_some())
    }
}
