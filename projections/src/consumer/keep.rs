//! Holds the leases of one process's share: renews them, takes what is free, gives back what is too much.

use std::time::Duration;

use futures::future::join_all;
use ledger_core::store::{HeldLease, Lease, LeaseError};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, timeout};

use super::ConsumerError;
use super::partition::Partition;
use super::share::{Share, share};
use super::table::Claim;
use super::work::Ended;
use super::worker::{Given, Worker, told};

/// A partition that is worked on.
struct Hold {
    claim: Claim,
    /// Until when the lease surely lasts.
    until: Instant,
    /// Has the work end behind its batch.
    quit: watch::Sender<bool>,
}

impl Hold {
    fn leaves(&self) -> bool {
        *self.quit.borrow()
    }

    fn leave(&self) {
        self.quit.send_replace(true);
    }
}

/// What became of asking for a lease.
enum Asked {
    Held {
        epoch: u64,
        until: Instant,
    },
    Another,
    /// The store did not say.
    Unknown,
}

/// Keeps the leases of one process.
pub(super) struct Keeper<'a> {
    worker: &'a Worker,
    holds: Vec<Hold>,
    give: mpsc::Sender<Given>,
    ended: mpsc::Receiver<(Claim, Ended)>,
    /// Whether it has the lease of one that waits.
    waits: bool,
    stopping: bool,
    removed: bool,
}

impl<'a> Keeper<'a> {
    pub(super) const fn new(
        worker: &'a Worker,
        give: mpsc::Sender<Given>,
        ended: mpsc::Receiver<(Claim, Ended)>,
    ) -> Self {
        Self {
            worker,
            holds: Vec::new(),
            give,
            ended,
            waits: false,
            stopping: false,
            removed: false,
        }
    }

    /// Keeps a share of the leases until it is told to stop and all work has ended.
    pub(super) async fn keep(
        mut self,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), ConsumerError> {
        let mut ticks = tokio::time::interval(self.third());
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !self.stopping || !self.holds.is_empty() {
            tokio::select! {
                _ = ticks.tick() => self.tend().await,
                Some((claim, how)) = self.ended.recv() => self.ended(&claim, how).await,
                () = told(&mut stop), if !self.stopping => self.stop(),
            }
        }
        self.wait(false).await;
        if self.removed {
            return Err(ConsumerError::Removed(self.worker.consumer.name.clone()));
        }
        Ok(())
    }

    /// How often leases are renewed, and how long the store may take to answer.
    fn third(&self) -> Duration {
        let third = self.worker.pace.lease.checked_div(3).unwrap_or_default();
        third.max(Duration::from_millis(1))
    }

    fn stop(&mut self) {
        self.stopping = true;
        self.holds.iter().for_each(Hold::leave);
    }

    /// Takes note that the work on a partition ended, and lets others have it.
    async fn ended(&mut self, claim: &Claim, how: Ended) {
        self.holds
            .retain(|hold| hold.claim.partition != claim.partition);
        // Where another holds it already, this changes nothing.
        self.release(&claim.consumer.lease(claim.partition)).await;
        match how {
            Ended::Left => {},
            Ended::Lost => {
                let (consumer, partition) = (&claim.consumer, claim.partition);
                tracing::info!(%consumer, %partition, "another process works on a partition");
            },
            Ended::Removed => {
                self.removed = true;
                self.stop();
            },
        }
    }

    async fn tend(&mut self) {
        self.renew().await;
        if self.stopping {
            return;
        }
        let Some(leases) = self.leases().await else {
            return;
        };
        let consumer = &self.worker.consumer;
        let of = (&consumer.name, consumer.partitions);
        let share = share(&leases, of, self.worker.holder);
        self.give_back(&share);
        self.take(&share).await;
        self.wait(self.holds.is_empty()).await;
    }

    /// Renews every lease; work under one that is lost ends.
    async fn renew(&mut self) {
        let asked = self.holds.iter().map(|hold| self.ask(hold.claim.partition));
        let asked = join_all(asked).await;
        for (hold, asked) in self.holds.iter_mut().zip(asked) {
            match asked {
                Asked::Held { epoch, until } if epoch == hold.claim.epoch => hold.until = until,
                Asked::Unknown if Instant::now() < hold.until => {},
                // It may be held anew, but others may have worked under it in between.
                Asked::Held { .. } | Asked::Another | Asked::Unknown => hold.leave(),
            }
        }
    }

    async fn leases(&self) -> Option<Vec<HeldLease>> {
        let leases = timeout(self.third(), self.worker.store.leases()).await;
        leases.ok().and_then(heard)
    }

    fn give_back(&self, share: &Share) {
        let staying = self.holds.iter().filter(|hold| !hold.leaves());
        staying.skip(share.most).for_each(Hold::leave);
    }

    /// Takes what is free, up to the share.
    async fn take(&mut self, share: &Share) {
        for partition in &share.free {
            if self.holds.len() >= share.most {
                return;
            }
            if self
                .holds
                .iter()
                .any(|hold| hold.claim.partition == *partition)
            {
                continue;
            }
            if let Asked::Held { epoch, until } = self.ask(*partition).await {
                self.begin(*partition, epoch, until);
            }
        }
    }

    fn begin(&mut self, partition: Partition, epoch: u64, until: Instant) {
        let claim = Claim {
            consumer: self.worker.consumer.name.clone(),
            partition,
            epoch,
        };
        let (quit, quits) = watch::channel(false);
        // There is a place for each partition.
        if self.give.try_send((claim.clone(), quits)).is_ok() {
            self.holds.push(Hold { claim, until, quit });
        }
    }

    /// Asks for the lease on a partition, or renews it.
    async fn ask(&self, partition: Partition) -> Asked {
        let name = self.worker.consumer.name.lease(partition);
        self.ask_for(&name).await
    }

    async fn ask_for(&self, name: &str) -> Asked {
        let (time, began) = (self.worker.pace.lease, Instant::now());
        let asked = self.worker.store.take_lease(name, self.worker.holder, time);
        let Ok(asked) = timeout(self.third(), asked).await else {
            return Asked::Unknown;
        };
        match heard(asked) {
            Some(Lease::Held { epoch }) => Asked::Held {
                epoch,
                until: began.checked_add(time).unwrap_or(began),
            },
            Some(Lease::HeldByAnother { .. }) => Asked::Another,
            None => Asked::Unknown,
        }
    }

    /// Tells the others that this process waits for a partition, or no longer does.
    async fn wait(&mut self, waits: bool) {
        let lease = self.worker.consumer.name.waiting_lease();
        if waits {
            self.waits = matches!(self.ask_for(&lease).await, Asked::Held { .. });
        } else if self.waits {
            self.release(&lease).await;
            self.waits = false;
        }
    }

    async fn release(&self, lease: &str) {
        let released = self.worker.store.release_lease(lease, self.worker.holder);
        // One that cannot be given back ends by itself.
        drop(timeout(self.third(), released).await);
    }
}

/// What the store said; that it did not is met again soon.
fn heard<T>(said: Result<T, LeaseError>) -> Option<T> {
    said.inspect_err(|error| tracing::debug!(%error, "a lease could not be asked for"))
        .ok()
}
