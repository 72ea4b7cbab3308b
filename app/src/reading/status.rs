//! How a ledger is: how far the log and what is kept of it have come, who works on it, and its backups.

use ledger_core::store::{Head, HeldLease};
use ledger_core::time::Day;
use ledger_projections::consumer::{self, PartitionState};
use ledger_projections::generation::{Generation, generations};

use super::backups::{Backups, backups};
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
    /// Which backups were taken last.
    pub backups: Backups,
}

/// Looks at a ledger on a day.
///
/// # Errors
/// [`Failure`] when the log, the views or the leases cannot be read.
pub async fn status(open: &OpenLedger, today: Day) -> Result<Status, Failure> {
    let head = open.store.head().await;
    let views = generations(&open.views).await;
    let consumers = consumer::states(&open.views).await;
    let leases = open.store.leases().await;
    let backups = backups(open, today).await;
    Ok(Status {
        head: head.map_err(|error| read_failure(&error))?,
        views: views.map_err(|error| views_failure(&error))?,
        consumers: consumers.map_err(|error| views_failure(&error))?,
        leases: leases.map_err(|error| lease_failure(&error))?,
        backups: backups?,
    })
}
