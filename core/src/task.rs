//! Work as tasks of their own, which run beside their caller and never outlive it, and work that takes a
//! processor for long.

use std::panic::resume_unwind;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::{JoinError, block_in_place};
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

/// The runtime ended the work: it is shutting down.
#[derive(Debug, thiserror::Error)]
#[error("the program is shutting down")]
pub struct Ended(#[source] JoinError);

/// Runs work on the runtime's threads from when the returned future is first polled, beside whatever its
/// caller polls with it; it ends at the latest with that future.
///
/// # Errors
/// [`Ended`] when the runtime is shutting down. A panic goes on in the caller.
#[expect(
    clippy::disallowed_methods,
    reason = "the task never outlives the future, which the caller owns"
)]
pub async fn run<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Ended> {
    let task = AbortOnDropHandle::new(tokio::spawn(work.in_current_span()));
    match task.await {
        Ok(done) => Ok(done),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(ended) => Err(Ended(ended)),
        },
    }
}

/// Does what takes a processor for long on the thread of its caller, whose other tasks go to other threads
/// meanwhile, where the runtime has others.
pub fn counting<T>(work: impl FnOnce() -> T) -> T {
    let flavor = Handle::try_current().map(|runtime| runtime.runtime_flavor());
    match flavor {
        Ok(RuntimeFlavor::MultiThread) => block_in_place(work),
        Ok(_) | Err(_) => work(),
    }
}
