//! One import at a time: a lease that is renewed while the import runs.

use std::time::Duration;

use ledger_core::store::{Lease, LeaseError, Leases};
use uuid::Uuid;

/// Name of the lease.
const NAME: &str = "import";
/// How long it lasts without being renewed.
const TIME: Duration = Duration::from_secs(5);
/// How often it is renewed.
const RENEWED: Duration = Duration::from_millis(1_500);
/// How much longer than the rest of a lease is waited for its holder to show that it lives.
const GRACE: Duration = Duration::from_millis(200);

/// Why no import may run, or go on.
#[derive(Debug, thiserror::Error)]
pub enum ImportLeaseError {
    /// Another import is running.
    #[error("another import is running on this ledger")]
    Running,
    /// This import was so slow that another took its place; what it wrote stands.
    #[error("another import took this one's place")]
    Lost,
    /// The store failed.
    #[error(transparent)]
    Lease(#[from] LeaseError),
}

/// Takes the lease; waits once for one that may be abandoned.
///
/// # Errors
/// [`ImportLeaseError::Running`] when its holder renews it.
pub async fn take(leases: &dyn Leases, holder: Uuid) -> Result<(), ImportLeaseError> {
    let Lease::HeldByAnother { left } = leases.take_lease(NAME, holder, TIME).await? else {
        return Ok(());
    };
    tokio::time::sleep(left.min(TIME).saturating_add(GRACE)).await;
    match leases.take_lease(NAME, holder, TIME).await? {
        Lease::Held { .. } => Ok(()),
        Lease::HeldByAnother { .. } => Err(ImportLeaseError::Running),
    }
}

/// Renews the lease until it is lost; never ends otherwise.
pub async fn renew(leases: &dyn Leases, holder: Uuid) -> ImportLeaseError {
    loop {
        tokio::time::sleep(RENEWED).await;
        match leases.take_lease(NAME, holder, TIME).await {
            Ok(Lease::Held { .. }) => {},
            Ok(Lease::HeldByAnother { .. }) => return ImportLeaseError::Lost,
            // The store may be back before the lease ends; the run itself fails if it is not.
            Err(error) => tracing::warn!(%error, "the import's lease could not be renewed"),
        }
    }
}

/// Gives the lease back.
///
/// # Errors
/// [`LeaseError`] when the store fails; the lease ends by itself then.
pub async fn release(leases: &dyn Leases, holder: Uuid) -> Result<(), LeaseError> {
    leases.release_lease(NAME, holder).await
}
