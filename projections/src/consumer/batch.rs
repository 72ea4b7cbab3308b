//! Gathers the events of one partition from the log as it comes, never more than one transaction takes.

use futures::{FutureExt as _, StreamExt as _};
use ledger_core::id::Position;
use ledger_core::store::{Deliveries, Delivery, ReadError, StoredEvent};
use tokio::time::Instant;

use super::partition::{Partition, Partitions};
use super::worker::Pace;

/// Bytes of events after which a batch takes no more.
const BATCH_BYTES: usize = 8 << 20;

/// Events of a partition that are handled together.
pub(super) struct Batch {
    /// What it holds.
    pub(super) events: Vec<StoredEvent>,
    /// Every event of the partition up to here is in it, or before it.
    pub(super) reached: Position,
    begins: Position,
    bytes: usize,
    most: usize,
    /// From when on the checkpoint moves past events that are not wanted.
    skips_at: Instant,
}

impl Batch {
    /// An empty batch behind a position, for at most so many events.
    pub(super) fn after(begins: Position, most: usize, pace: &Pace) -> Self {
        let now = Instant::now();
        Self {
            events: Vec::new(),
            reached: begins,
            begins,
            bytes: 0,
            // None at all would never end.
            most: most.max(1),
            skips_at: now.checked_add(pace.skip).unwrap_or(now),
        }
    }

    /// Waits until there is something to handle or to skip, and takes what is there already.
    ///
    /// What it took stays in it when the wait is dropped.
    pub(super) async fn fill(
        &mut self,
        deliveries: &mut Deliveries,
        (partition, partitions): (Partition, Partitions),
    ) -> Result<(), ReadError> {
        while self.events.len() < self.most && self.bytes < BATCH_BYTES {
            let next = if self.events.is_empty() {
                tokio::select! {
                    next = deliveries.next() => next,
                    () = tokio::time::sleep_until(self.skips_at), if self.reached > self.begins => break,
                }
            } else if let Some(next) = deliveries.next().now_or_never() {
                next
            } else {
                break;
            };
            // It ends when the store's background work does.
            match next.ok_or(ReadError::Busy)?? {
                Delivery::Event(event) => {
                    self.reached = event.position;
                    if partitions.of(&event.stream) == partition {
                        self.take(event);
                    }
                },
                Delivery::Checkpoint(at) | Delivery::CaughtUp(at) => {
                    self.reached = self.reached.max(at);
                },
            }
        }
        Ok(())
    }

    fn take(&mut self, event: StoredEvent) {
        self.bytes = self.bytes.saturating_add(event.size_bytes());
        self.events.push(event);
    }
}
