//! The records of one stream as they are stored.

use ledger_core::id::{Revision, StreamName};
use ledger_core::store::{EventStore, ReadStream, StoredEvent};

use crate::failure::Failure;
use crate::fault::read_failure;

/// The records of a stream, in order; nothing of them is read or opened.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn records(
    store: &dyn EventStore,
    stream: &StreamName,
) -> Result<Vec<StoredEvent>, Failure> {
    let mut records = Vec::new();
    let mut read = ReadStream::whole(stream.clone());
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        records.extend(page.events.iter().cloned());
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(records),
        }
    }
}
