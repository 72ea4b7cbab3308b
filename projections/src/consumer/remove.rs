//! Removes a consumer: under the leases of all its partitions, so that nobody works on it meanwhile.

use std::time::Duration;

use ledger_core::store::{Lease, LedgerStore};
use uuid::Uuid;

use super::ConsumerError;
use super::name::ConsumerName;
use super::partition::Partition;
use super::state::states;
use super::table;
use crate::views::Views;

/// How long the leases are asked for.
const TIME: Duration = Duration::from_secs(30);

/// Removes a consumer with its checkpoints; what its handler wrote stays. `holder` must be no worker's.
///
/// # Errors
/// [`ConsumerError::Unknown`] when there is none of that name, [`ConsumerError::InUse`] while a process
/// works on it, and the store's and the views' own.
pub async fn remove(
    store: &dyn LedgerStore,
    views: &Views,
    holder: Uuid,
    name: &ConsumerName,
) -> Result<(), ConsumerError> {
    let all = states(views).await?;
    let own = all.iter().filter(|state| state.consumer == *name);
    let partitions: Vec<Partition> = own.map(|state| state.partition).collect();
    if partitions.is_empty() {
        return Err(ConsumerError::Unknown(name.clone()));
    }
    let removed = match take_all(store, holder, name, &partitions).await {
        Ok(()) => table::drop_all(views, name).await.map_err(Into::into),
        Err(error) => Err(error),
    };
    for partition in partitions {
        // One that cannot be given back ends by itself.
        drop(store.release_lease(&name.lease(partition), holder).await);
    }
    removed
}

async fn take_all(
    store: &dyn LedgerStore,
    holder: Uuid,
    name: &ConsumerName,
    partitions: &[Partition],
) -> Result<(), ConsumerError> {
    for partition in partitions {
        let lease = name.lease(*partition);
        match store.take_lease(&lease, holder, TIME).await? {
            Lease::Held { .. } => {},
            Lease::HeldByAnother { .. } => {
                let leases = store.leases().await?;
                let held = leases.iter().find(|held| held.name == lease);
                return Err(ConsumerError::InUse {
                    name: name.clone(),
                    partition: *partition,
                    // One that let go in between is not named.
                    holder: held.map_or(Uuid::nil(), |held| held.holder),
                });
            },
        }
    }
    Ok(())
}
