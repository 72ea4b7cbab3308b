//! The writer's lease: of several serving processes one does the work, the others stand by.
//!
//! It protects effort, never correctness: whoever writes without it is right as well, only slower.

use std::time::Duration;

use ledger_core::store::Lease;
use tokio::sync::watch;

use super::Keeper;

/// Name of the lease.
pub const NAME: &str = "writer";
/// How long it lasts without being renewed.
const TIME: Duration = Duration::from_secs(5);
/// How often it is renewed, or asked for: a third of its time.
const RENEWED: Duration = Duration::from_millis(1_666);
/// How long the store may take to answer.
const ANSWER: Duration = Duration::from_secs(2);

/// Takes and renews the lease until `stop` turns true, then gives it back.
pub(super) async fn keep(
    keeper: &Keeper,
    held: &watch::Sender<bool>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let holds = take(keeper).await;
        keeper.metrics.kept.lease_is_held(holds);
        let changed = held.send_replace(holds) != holds;
        if changed && holds {
            tracing::info!("this process holds the writer's lease");
        } else if changed {
            tracing::warn!("the writer's lease is lost");
        }
        tokio::select! {
            () = tokio::time::sleep(RENEWED) => {},
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    release(keeper).await;
    keeper.metrics.kept.lease_is_held(false);
}

/// Whether the lease is this process's; it is not where the store does not say so.
async fn take(keeper: &Keeper) -> bool {
    let asked = keeper.store.take_lease(NAME, keeper.holder, TIME);
    match tokio::time::timeout(ANSWER, asked).await {
        Ok(Ok(Lease::Held { .. })) => true,
        Ok(Ok(Lease::HeldByAnother { .. })) | Err(_) => false,
        Ok(Err(error)) => {
            tracing::debug!(%error, "the writer's lease could not be asked for");
            false
        },
    }
}

async fn release(keeper: &Keeper) {
    let released = keeper.store.release_lease(NAME, keeper.holder);
    match tokio::time::timeout(ANSWER, released).await {
        Ok(Ok(())) => {},
        Ok(Err(error)) => {
            tracing::warn!(%error, "the writer's lease could not be given back; it ends by itself");
        },
        Err(_) => tracing::warn!("the writer's lease could not be given back; it ends by itself"),
    }
}
