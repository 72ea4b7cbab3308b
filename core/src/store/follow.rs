//! Subscriptions: catch up page by page, then wait for the head to move.

use std::collections::VecDeque;
use std::sync::Arc;

use futures::stream::BoxStream;
use futures::{StreamExt as _, future};
use tokio::sync::watch;

use super::filter::Filter;
use super::read::{Direction, EventPage, ReadAll, ReadError, ReadStream, Subscription};
use super::{EventStore, StoredEvent};
use crate::id::{Position, Revision, StreamName};

/// What a subscription follows, and behind what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// The events of the log that a filter wants.
    Log {
        /// The newest position that is known already; 0 to begin at the beginning.
        after: Position,
        /// Which events.
        filter: Filter,
    },
    /// One stream, which need not exist yet.
    Stream {
        /// The stream.
        stream: StreamName,
        /// The newest revision that is known already; none to begin at the beginning.
        after: Option<Revision>,
    },
}

/// What a subscription delivers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all are events, and a box for each would cost more than it saves"
)]
pub enum Delivery {
    /// The next event.
    Event(StoredEvent),
    /// Nothing else up to here is wanted: a filtered subscription may be taken up again behind it. Each
    /// one is greater than the one before.
    Checkpoint(Position),
    /// All that there was is delivered, up to this position of the log; what follows comes as it is
    /// written. It comes again where the subscription had fallen behind.
    CaughtUp(Position),
}

/// Deliveries as they come, in committed order.
pub type Deliveries = BoxStream<'static, Result<Delivery, ReadError>>;

/// The events alone.
pub(crate) fn events(deliveries: Deliveries) -> Subscription {
    let events = deliveries.filter_map(|delivery| {
        future::ready(match delivery {
            Ok(Delivery::Event(event)) => Some(Ok(event)),
            Ok(Delivery::Checkpoint(_) | Delivery::CaughtUp(_)) => None,
            Err(error) => Some(Err(error)),
        })
    });
    events.boxed()
}

/// Where one subscription is.
struct Follower<S> {
    store: Arc<S>,
    head: watch::Receiver<Position>,
    followed: Followed,
    /// The newest position that was told.
    told: Position,
    /// Whether that it has caught up was told, and it has not fallen behind since.
    is_live: bool,
    ready: VecDeque<Delivery>,
}

/// Follows the log or a stream of `store`; `head` tells when there is more.
pub(crate) fn follow<S: EventStore + 'static>(
    store: Arc<S>,
    head: watch::Receiver<Position>,
    what: Followed,
) -> Deliveries {
    let follower = Follower {
        store,
        head,
        told: match &what {
            Followed::Log { after, .. } => *after,
            Followed::Stream { .. } => Position::default(),
        },
        followed: what,
        is_live: false,
        ready: VecDeque::new(),
    };
    futures::stream::try_unfold(follower, |mut follower| async move {
        Ok(follower.next().await?.map(|delivery| (delivery, follower)))
    })
    .boxed()
}

impl<S: EventStore> Follower<S> {
    /// The next delivery; none when the store's background work has ended.
    async fn next(&mut self) -> Result<Option<Delivery>, ReadError> {
        loop {
            if let Some(delivery) = self.ready.pop_front() {
                return Ok(Some(delivery));
            }
            // Marked as seen before the read: what comes during it wakes the wait below.
            let mut known = *self.head.borrow_and_update();
            if known == Position::default() {
                // A store that was just opened has heard of nothing yet.
                known = self.store.head().await?.position;
            }
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
        let page = self.page().await?;
        let more = page.next.is_some();
        let events = page.events.iter().cloned();
        self.ready.extend(events.map(Delivery::Event));
        let last = page.events.last();
        let reached = match &mut self.followed {
            Followed::Log { after, filter } => {
                let last = last.map_or(*after, |event| event.position);
                self.told = self.told.max(last);
                *after = match page.next {
                    Some(next) => Position::new(next.saturating_sub(1)),
                    None => (*after).max(last).max(known),
                };
                let (reached, filtered) = (*after, *filter != Filter::default());
                if filtered && reached > self.told {
                    self.told = reached;
                    self.ready.push_back(Delivery::Checkpoint(reached));
                }
                reached
            },
            Followed::Stream { after, .. } => {
                *after = last.map(|event| event.revision).or(*after);
                last.map_or(known, |event| known.max(event.position))
            },
        };
        if !more && !self.is_live {
            self.ready.push_back(Delivery::CaughtUp(reached));
        }
        self.is_live = !more;
        Ok(more)
    }

    /// What follows behind what is known.
    async fn page(&self) -> Result<EventPage, ReadError> {
        match &self.followed {
            Followed::Log { after, filter } => {
                let read = ReadAll::after(*after).of(filter.clone());
                self.store.read_all(&read).await
            },
            Followed::Stream { stream, after } => {
                let read = ReadStream {
                    stream: stream.clone(),
                    from: after.map(|after| after.plus(1)),
                    direction: Direction::Forwards,
                    limit: usize::MAX,
                    as_at: None,
                };
                self.store.read_stream(&read).await
            },
        }
    }
}
