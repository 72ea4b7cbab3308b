//! Reads what later events of a stream say about one event, the rest of the stream left unread.

use ledger_core::event::{Codec, CorrectionEvent, Open, Recorded};
use ledger_core::id::Revision;
use ledger_core::store::{Direction, EventStore, ReadStream, StoredEvent};
use ledger_projections::amendment::Amendment;

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// What later events say about an event, oldest first; their explanations with a codec alone, for which
/// the opening of the stream is to be recorded before.
///
/// # Errors
/// [`Failure`] when the store or a key fails.
pub async fn amendments_of(
    store: &dyn EventStore,
    codec: Option<&Codec>,
    event: &StoredEvent,
) -> Result<Vec<Amendment>, Failure> {
    let mut amendments = Vec::new();
    let mut read = ReadStream {
        from: Some(event.revision),
        direction: Direction::Forwards,
        ..ReadStream::whole(event.stream.clone())
    };
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter().filter(|stored| is_correction(stored)) {
            let recorded = decoded(codec, stored).await?;
            let said = Amendment::of(&recorded).filter(|(target, _)| *target == event.id);
            amendments.extend(said.map(|(_, amendment)| amendment));
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(amendments),
        }
    }
}

fn is_correction(stored: &StoredEvent) -> bool {
    let mut types = CorrectionEvent::TYPES.iter();
    types.any(|info| info.name == stored.event_type.as_str())
}

async fn decoded(codec: Option<&Codec>, stored: &StoredEvent) -> Result<Recorded, Failure> {
    match codec {
        Some(codec) => {
            let recorded = codec.decode(stored, Open::All).await;
            recorded.map_err(|error| unreadable(&error))
        },
        None => Recorded::read(stored).map_err(|error| unreadable(&error)),
    }
}
