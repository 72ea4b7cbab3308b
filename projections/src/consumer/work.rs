//! Works on one partition under its lease: read, handle, write what that makes and the checkpoint together.

use ledger_core::id::Position;
use ledger_core::store::{Followed, ReadError};
use tokio::sync::watch;

use super::batch::Batch;
use super::state::{Fault, PartitionState};
use super::table::{self, Claim};
use super::worker::{Waits, Worker, told};
use super::{Failed, Handler};
use crate::views::{ViewsError, Write};

/// How the work on a partition ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was told to; everything that was begun is written.
    Left,
    /// Another process holds the partition.
    Lost,
    /// The consumer is gone.
    Removed,
}

/// Why the work on a partition does not go on as it is.
enum Trouble {
    /// For good.
    Ended(Ended),
    /// So many events may go through where more did not.
    Fewer(usize),
    /// One event does not go through.
    Stopped(Fault),
    /// The log or the views cannot be used.
    Away(String),
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        Self::Away(because(&error))
    }
}

impl From<ViewsError> for Trouble {
    fn from(error: ViewsError) -> Self {
        Self::Away(because(&error))
    }
}

/// The work on one partition.
pub(super) struct Work<'a> {
    pub(super) worker: &'a Worker,
    pub(super) handler: &'a dyn Handler,
    pub(super) claim: Claim,
}

impl Work<'_> {
    /// Works until `quit` turns true, and then finishes the batch, or until the partition is another's.
    ///
    /// What fails is told once and tried again after growing waits.
    pub(super) async fn run(&self, mut quit: watch::Receiver<bool>) -> Ended {
        let mut waits = Waits::new(&self.worker.pace);
        let mut most = self.worker.pace.batch_events;
        loop {
            let Err(trouble) = self.session(most, &mut waits, &mut quit).await else {
                return Ended::Left;
            };
            most = self.worker.pace.batch_events;
            match trouble {
                Trouble::Ended(ended) => return ended,
                Trouble::Fewer(events) => {
                    most = events;
                    continue;
                },
                Trouble::Stopped(fault) => {
                    let (position, what) = (fault.position.get(), fault.what.as_str());
                    if waits.is_news(format!("{position}: {what}")) {
                        let (consumer, partition) = (&self.claim.consumer, self.claim.partition);
                        tracing::warn!(%consumer, %partition, position, what, "an event stops a partition");
                    }
                    if self.note(&fault).await {
                        return Ended::Lost;
                    }
                },
                Trouble::Away(what) => {
                    let (consumer, partition) = (&self.claim.consumer, self.claim.partition);
                    if waits.is_news(what.clone()) {
                        tracing::warn!(%consumer, %partition, what, "a partition cannot be worked on");
                    }
                },
            }
            tokio::select! {
                () = tokio::time::sleep(waits.next()) => {},
                () = told(&mut quit) => return Ended::Left,
            }
        }
    }

    /// Works behind the checkpoint as it is written, until it is told to quit or meets trouble.
    async fn session(
        &self,
        most: usize,
        waits: &mut Waits,
        quit: &mut watch::Receiver<bool>,
    ) -> Result<(), Trouble> {
        let row = table::take(&self.worker.views, &self.claim).await?;
        let row = self.own(row)?;
        // What stopped it is tried alone, so that nothing behind it is handled again and again.
        let mut most = if row.fault.is_some() { 1 } else { most };
        let consumer = &self.worker.consumer;
        let followed = Followed::Log {
            after: row.position,
            filter: consumer.filter.clone(),
        };
        let mut deliveries = self.worker.store.follow(followed).await?;
        let (mut at, of) = (row.position, (self.claim.partition, consumer.partitions));
        loop {
            let mut batch = Batch::after(at, most, &self.worker.pace);
            tokio::select! {
                filled = batch.fill(&mut deliveries, of) => filled?,
                () = told(quit) => return Ok(()),
            }
            self.deliver(&batch, at).await?;
            at = batch.reached;
            if !batch.events.is_empty() {
                most = self.worker.pace.batch_events;
                waits.reset();
            }
        }
    }

    /// The row, if it is there and nobody took it over.
    fn own(&self, row: Option<PartitionState>) -> Result<PartitionState, Trouble> {
        let row = row.ok_or(Trouble::Ended(Ended::Removed))?;
        if row.epoch == self.claim.epoch {
            Ok(row)
        } else {
            Err(Trouble::Ended(Ended::Lost))
        }
    }

    /// Has a batch handled, and writes what that makes together with the checkpoint.
    async fn deliver(&self, batch: &Batch, at: Position) -> Result<(), Trouble> {
        let mut writes = vec![table::advance(&self.claim, (at, batch.reached)).into()];
        if !batch.events.is_empty() {
            writes.extend(self.handled(batch).await?);
        }
        match self.worker.views.write(writes).await {
            Ok(()) => Ok(()),
            Err(error) => {
                // It may have been written all the same, or another process may have come first.
                let row = table::look(&self.worker.views, &self.claim).await?;
                let row = self.own(row)?;
                if row.position == at {
                    Err(unwritten(batch, &error))
                } else if row.position == batch.reached {
                    Ok(())
                } else {
                    Err(Trouble::Ended(Ended::Lost))
                }
            },
        }
    }

    async fn handled(&self, batch: &Batch) -> Result<Vec<Write>, Trouble> {
        let handled = self
            .handler
            .handle(self.claim.partition, &batch.events)
            .await;
        handled.map_err(|Failed { at, what }| {
            let mut events = batch.events.iter();
            match events.position(|event| event.position == at) {
                Some(before) if before > 0 => Trouble::Fewer(before),
                // One that was not handed over cannot be gone round: the first one stands for it.
                Some(_) | None => Trouble::Stopped(Fault {
                    position: batch.events.first().map_or(at, |first| first.position),
                    what,
                }),
            }
        })
    }

    /// Notes what stops the partition; whether it turned out to be another's.
    async fn note(&self, fault: &Fault) -> bool {
        let noted = table::fault(&self.claim, fault);
        let noted = self.worker.views.write(vec![noted]).await;
        // Views that cannot be written are met again by the next try.
        matches!(noted, Err(ViewsError::Lost))
    }
}

/// What to do about a batch that could not be written: where a row or its table is the cause, halve it,
/// down to the event that makes it.
fn unwritten(batch: &Batch, error: &ViewsError) -> Trouble {
    match (error, batch.events.as_slice()) {
        (ViewsError::Storage(_) | ViewsError::Column(_), _) | (_, []) => {
            Trouble::Away(because(error))
        },
        (ViewsError::Refused(_) | ViewsError::Lost, [event]) => Trouble::Stopped(Fault {
            position: event.position,
            what: error.to_string(),
        }),
        (ViewsError::Refused(_) | ViewsError::Lost, events) => {
            Trouble::Fewer(events.len().div_euclid(2))
        },
    }
}

/// What an engine said, down to its own words.
fn because(error: &dyn std::error::Error) -> String {
    let mut because = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        because = format!("{because}: {error}");
        inner = error.source();
    }
    because
}
