//! Leases: who may do a thing that only one process at a time should do, by the database's clock.

use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use super::append::BoxError;

/// What became of a wish for a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lease {
    /// It is the holder's now, for the time asked.
    Held {
        /// Raised whenever the lease goes to another holder.
        epoch: u64,
    },
    /// Another holder has it, for this much longer unless it renews.
    HeldByAnother {
        /// Time left.
        left: Duration,
    },
}

/// The lease could not be asked for.
#[derive(Debug, thiserror::Error)]
#[error("storage failed while asking for a lease")]
pub struct LeaseError(#[source] pub BoxError);

/// Gives leases on names; a lease protects effort, never correctness.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Takes or renews the lease `name` for `holder`, if nobody else holds it.
    ///
    /// # Errors
    /// [`LeaseError`] when the engine fails.
    async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        time: Duration,
    ) -> Result<Lease, LeaseError>;

    /// Gives the lease back, if `holder` still has it.
    ///
    /// # Errors
    /// [`LeaseError`] when the engine fails.
    async fn release_lease(&self, name: &str, holder: Uuid) -> Result<(), LeaseError>;
}
