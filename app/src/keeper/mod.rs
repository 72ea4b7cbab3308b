//! Keeps a ledger's projections up to date and looks after it, for as long as the program serves.

mod follow;
mod lease;
mod look;
mod readiness;
#[cfg(test)]
mod tests;

pub use lease::NAME as WRITER_LEASE;
pub use look::{Found, Kept, Looked};
pub use readiness::{NotReady, readiness};

use std::sync::Arc;

use ledger_core::id::Position;
use ledger_core::store::LedgerStore;
use ledger_core::time::Clock;
use ledger_projections::views::Views;
use tokio::sync::watch;
use uuid::Uuid;

use crate::metrics::Metrics;

/// What keeping a ledger up to date needs.
pub struct Keeper {
    /// The log, and its leases.
    pub store: Arc<dyn LedgerStore>,
    /// The kept projections.
    pub views: Views,
    /// The present moment.
    pub clock: Arc<dyn Clock>,
    /// The numbers.
    pub metrics: Metrics,
    /// Who this process is to the lease.
    pub holder: Uuid,
}

impl Keeper {
    /// Works until `stop` turns true, then gives the lease back; tells each look at the ledger.
    ///
    /// A store that does not answer is waited for.
    pub async fn run(self, looked: watch::Sender<Looked>, stop: watch::Receiver<bool>) {
        let (held, holding) = watch::channel(false);
        let (followed, at) = watch::channel(Position::default());
        let mut stopped = stop.clone();
        let looks = looked.subscribe();
        let work = async {
            tokio::select! {
                () = look::look(&self, &looked, &at) => {},
                () = follow::follow(&self, &holding, looks, &followed) => {},
                _ = stopped.wait_for(|stop| *stop) => {},
            }
        };
        tokio::join!(work, lease::keep(&self, &held, stop));
    }
}
