//! One process's part in the work on a consumer.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use ledger_core::store::{Filter, LedgerStore};
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use super::keep::Keeper;
use super::name::ConsumerName;
use super::partition::Partitions;
use super::table::{self, Claim};
use super::work::{Ended, Work};
use super::{ConsumerError, Handler};
use crate::views::Views;

/// What is consumed, the same in every process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// Its name.
    pub name: ConsumerName,
    /// Into how many partitions its streams are divided; fixed when it is first made.
    pub partitions: Partitions,
    /// Which events; where it changes, the new one holds from the checkpoints on.
    pub filter: Filter,
}

/// How a worker paces itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long a lease lasts without being renewed, which is done every third of it.
    pub lease: Duration,
    /// Most events of one batch.
    pub batch_events: usize,
    /// How often at most a checkpoint moves past events that are not wanted, when nothing is handled.
    pub skip: Duration,
    /// The wait after a first failure; after each further one it is twice as long.
    pub pause: Duration,
    /// The longest wait after failures.
    pub pause_max: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(5),
            batch_events: 500,
            skip: Duration::from_secs(1),
            pause: Duration::from_secs(1),
            pause_max: Duration::from_mins(1),
        }
    }
}

/// One process that works on a consumer, beside any number of others.
pub struct Worker {
    /// The log, and its leases.
    pub store: Arc<dyn LedgerStore>,
    /// Where checkpoints are, and what a handler writes.
    pub views: Views,
    /// Who this worker is to the leases; no other may be called the same.
    pub holder: Uuid,
    /// What it works on.
    pub consumer: Consumer,
    /// How it paces itself.
    pub pace: Pace,
}

impl Worker {
    /// Makes the consumer where it is missing, and works on its share of the partitions until `stop` turns
    /// true or its sender is gone; then it finishes the batches that are begun and gives the leases back.
    ///
    /// When it is dropped instead, the leases run out by themselves and nothing is lost. A store that does
    /// not answer is waited for.
    ///
    /// # Errors
    /// [`ConsumerError::OtherPartitions`] and [`ConsumerError::Views`] at the beginning,
    /// [`ConsumerError::Removed`] when the consumer goes away.
    pub async fn run(
        &self,
        handler: &dyn Handler,
        stop: watch::Receiver<bool>,
    ) -> Result<(), ConsumerError> {
        table::define(&self.views, &self.consumer.name, self.consumer.partitions).await?;
        let places = usize::from(Partitions::MAX);
        let (give, given) = mpsc::channel(places);
        let (tell, ended) = mpsc::channel(places);
        let keeper = Keeper::new(self, give, ended);
        // Side by side: work goes on while leases are asked for.
        let work = Box::pin(work(self, handler, given, tell));
        let (kept, ()) = tokio::join!(Box::pin(keeper.keep(stop)), work);
        kept
    }
}

/// A partition to be worked on until the receiver says otherwise.
pub(super) type Given = (Claim, watch::Receiver<bool>);

/// Works on the partitions that come, side by side, and tells how each ended; ends when no more can come.
async fn work(
    worker: &Worker,
    handler: &dyn Handler,
    mut given: mpsc::Receiver<Given>,
    tell: mpsc::Sender<(Claim, Ended)>,
) {
    let mut working = FuturesUnordered::new();
    let mut more = true;
    while more || !working.is_empty() {
        tokio::select! {
            next = given.recv(), if more => match next {
                Some((claim, quit)) => working.push(async move {
                    let work = Work { worker, handler, claim };
                    let ended = work.run(quit).await;
                    (work.claim, ended)
                }),
                None => more = false,
            },
            Some(done) = working.next() => {
                // There is a place for each partition; whoever no longer listens needs no answer.
                drop(tell.try_send(done));
            },
        }
    }
}

/// Waits until a wish to stop turns true, or nobody can wish it any more.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

/// How long to wait after each failure of a row, and what was told of it.
pub(super) struct Waits {
    first: Duration,
    longest: Duration,
    next: Duration,
    told: Option<String>,
}

impl Waits {
    pub(super) const fn new(pace: &Pace) -> Self {
        Self {
            first: pace.pause,
            longest: pace.pause_max,
            next: pace.pause,
            told: None,
        }
    }

    /// The next wait; the one after it is twice as long.
    pub(super) fn next(&mut self) -> Duration {
        let next = self.next;
        self.next = next.saturating_mul(2).min(self.longest);
        next
    }

    /// Begins anew: work went on.
    pub(super) fn reset(&mut self) {
        self.next = self.first;
        self.told = None;
    }

    /// Whether this is not what was told last.
    pub(super) fn is_news(&mut self, what: String) -> bool {
        let news = self.told.as_ref() != Some(&what);
        self.told = Some(what);
        news
    }
}
