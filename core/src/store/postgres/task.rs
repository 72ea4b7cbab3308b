//! Reads as tasks of their own, which run where the connections do.

use std::panic::resume_unwind;

use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

use crate::store::read::ReadError;

/// Runs a read as a task, which ends at the latest with the returned future.
///
/// Where the caller's own thread did it, each packet would have to wake that thread: for a stream of a
/// thousand events that costs more than the rows do.
///
/// # Errors
/// The read's own, and [`ReadError::Storage`] when the runtime is shutting down.
#[expect(
    clippy::disallowed_methods,
    reason = "the task never outlives the future, which the caller owns"
)]
pub(super) async fn run<T: Send + 'static>(
    read: impl Future<Output = Result<T, ReadError>> + Send + 'static,
) -> Result<T, ReadError> {
    let task = AbortOnDropHandle::new(tokio::spawn(read.in_current_span()));
    match task.await {
        Ok(result) => result,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(ended) => Err(ReadError::Storage {
                source: Box::new(ended),
            }),
        },
    }
}
