//! Reads the history of one stream, its personal text open or closed.

use ledger_core::event::{Codec, Open, Recorded};
use ledger_core::history::History;
use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, ReadStream, StoredEvent};

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
    folded(store, stream, as_at, Some((codec, Open::All))).await
}

/// The whole history of a stream in which who somebody is is open, and nothing else.
///
/// # Errors
/// As [`history`].
pub async fn identity_history(
    store: &dyn EventStore,
    codec: &Codec,
    stream: &StreamName,
) -> Result<History, Failure> {
    folded(store, stream, None, Some((codec, Open::Identity))).await
}

/// The same with personal text closed, for which no key is needed.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn closed_history(
    store: &dyn EventStore,
    stream: &StreamName,
    as_at: Option<Position>,
) -> Result<History, Failure> {
    folded(store, stream, as_at, None).await
}

async fn folded(
    store: &dyn EventStore,
    stream: &StreamName,
    as_at: Option<Position>,
    codec: Option<(&Codec, Open)>,
) -> Result<History, Failure> {
    let mut history = History::default();
    let mut read = ReadStream {
        as_at,
        direction: Direction::Forwards,
        ..ReadStream::whole(stream.clone())
    };
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            let recorded = decoded(stored, codec).await?;
            history.push(recorded).map_err(|error| unreadable(&error))?;
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(history),
        }
    }
}

/// An event, its personal text open where there is what opens it.
pub(super) async fn decoded(
    stored: &StoredEvent,
    codec: Option<(&Codec, Open)>,
) -> Result<Recorded, Failure> {
    match codec {
        Some((codec, open)) => {
            let recorded = codec.decode(stored, open).await;
            recorded.map_err(|error| unreadable(&error))
        },
        None => Recorded::read(stored).map_err(|error| unreadable(&error)),
    }
}
