//! Where in the log the records of one stream stand, and when each was made.

use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream};
use ledger_core::time::Timestamp;

use crate::failure::Failure;
use crate::fault::read_failure;

/// The positions of a stream's records, in order, with the time of each; nothing of them is opened.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn positions(
    store: &dyn EventStore,
    stream: &StreamName,
) -> Result<Vec<(Position, Timestamp)>, Failure> {
    let mut positions = Vec::new();
    let mut read = ReadStream::whole(stream.clone());
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let own = page.events.iter();
        positions.extend(own.map(|one| (one.position, one.recorded_at)));
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(positions),
        }
    }
}
