//! Leases: who may do a thing that only one process at a time should do, by the database's clock.

use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use super::append::BoxError;
use crate::time::Timestamp;

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

/// A lease that somebody holds just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLease {
    /// What it is for.
    pub name: String,
    /// Who has it.
    pub holder: Uuid,
    /// Raised whenever it goes to another holder.
    pub epoch: u64,
    /// When it ends unless it is renewed, by the database's clock.
    pub until: Timestamp,
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

    /// The leases that are held just now, by name.
    ///
    /// # Errors
    /// [`LeaseError`] when the engine fails.
    async fn leases(&self) -> Result<Vec<HeldLease>, LeaseError>;
}
