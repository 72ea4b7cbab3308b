//! How a ledger is: how far the log and what is kept of it have come, and who works on it.

use ledger_core::store::{Head, HeldLease};
use ledger_projections::consumer::{self, PartitionState};
use ledger_projections::generation::{Generation, generations};

use crate::failure::Failure;
use crate::fault::{lease_failure, read_failure, views_failure};
use crate::wiring::OpenLedger;

/// What store and views say.
pub struct Status {
    /// Where the log ends.
    pub head: Head,
    /// What is kept, and what is being made of it.
    pub views: Vec<Generation>,
    /// Who follows the log, partition by partition.
    pub consumers: Vec<PartitionState>,
    /// Who holds which lease.
    pub leases: Vec<HeldLease>,
}

/// Looks at a ledger.
///
/// # Errors
/// [`Failure`] when the log, the views or the leases cannot be read.
pub async fn status(open: &OpenLedger) -> Result<Status, Failure> {
    let head = open.store.head().await;
    let views = generations(&open.views).await;
    let consumers = consumer::states(&open.views).await;
    let leases = open.store.leases().await;
    Ok(Status {
        head: head.map_err(|error| read_failure(&error))?,
        views: views.map_err(|error| views_failure(&error))?,
        consumers: consumers.map_err(|error| views_failure(&error))?,
        leases: leases.map_err(|error| lease_failure(&error))?,
    })
}
