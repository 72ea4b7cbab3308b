//! Reads a person's history with the text that may be seen.

use ledger_core::event::{Codec, Open};
use ledger_core::history::History;
use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, ReadStream};

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// Reads the whole history of a stream as it stood at a position, personal text open.
///
/// # Errors
/// [`Failure`] when the store or a key fails.
pub async fn history(
    store: &dyn EventStore,
    codec: &Codec,
    stream: &StreamName,
    as_at: Option<Position>,
) -> Result<History, Failure> {
    let mut history = History::default();
    let mut read = ReadStream {
        as_at,
        direction: Direction::Forwards,
        ..ReadStream::whole(stream.clone())
    };
    loop {
        let page = store
            .read_stream(&read)
            .await
            .map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            let recorded = codec.decode(stored, Open::All).await;
            let recorded = recorded.map_err(|error| unreadable(&error))?;
            history.push(recorded).map_err(|error| unreadable(&error))?;
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(history),
        }
    }
}
