//! Reads what one command recorded: the events that stand beside one of them in the log, as they were appended together.

use ledger_core::actor::Actor;
use ledger_core::event::{ApprovalEvent, Event, Metadata, Recorded};
use ledger_core::id::{CommandId, EventId, Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, ReadAll, ReadStream, StoredEvent};

use super::position::next_to;
use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// Most events of a command that are looked for on each side.
const BESIDE_MAX: usize = 50;

/// The command that recorded an event; none for a foreign event.
fn command_of(stored: &StoredEvent) -> Option<CommandId> {
    let metadata: Metadata = serde_json::from_slice(&stored.metadata).ok()?;
    Some(metadata.command)
}

/// The other events that the same command recorded, in the order of the log.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn with_the_same_command(
    store: &dyn EventStore,
    stored: &StoredEvent,
) -> Result<Vec<StoredEvent>, Failure> {
    let Some(command) = command_of(stored) else {
        return Ok(Vec::new());
    };
    let at = stored.position;
    let mut found = on_one_side(store, (command, at), Direction::Backwards).await?;
    found.reverse();
    found.extend(on_one_side(store, (command, at), Direction::Forwards).await?);
    Ok(found)
}

async fn on_one_side(
    store: &dyn EventStore,
    (command, at): (CommandId, Position),
    direction: Direction,
) -> Result<Vec<StoredEvent>, Failure> {
    let Some(from) = next_to(at, direction) else {
        return Ok(Vec::new());
    };
    let read = ReadAll {
        direction,
        limit: BESIDE_MAX,
        ..ReadAll::one(from)
    };
    let page = store.read_all(&read).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let beside = page.events.iter();
    let own = beside.take_while(|one| command_of(one) == Some(command));
    Ok(own.cloned().collect())
}

/// The event of a stream that has an id.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn in_stream(
    store: &dyn EventStore,
    stream: &StreamName,
    id: EventId,
) -> Result<Option<StoredEvent>, Failure> {
    let mut read = ReadStream::whole(stream.clone());
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        if let Some(found) = page.events.iter().find(|one| one.id == id) {
            return Ok(Some(found.clone()));
        }
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(None),
        }
    }
}

/// Who granted the approval that a command used, of the events that it recorded; none where it used none.
///
/// # Errors
/// [`Failure`] when the store fails or the approval cannot be understood.
pub async fn approver(
    store: &dyn EventStore,
    recorded: &[StoredEvent],
) -> Result<Option<Actor>, Failure> {
    let used = recorded.iter().find_map(|one| {
        let recorded = Recorded::read(one).ok()?;
        let is_use = matches!(recorded.event, Event::Approval(ApprovalEvent::Used(_)));
        is_use.then(|| one.stream.clone())
    });
    let Some(stream) = used else {
        return Ok(None);
    };
    let page = store.read_stream(&ReadStream::whole(stream)).await;
    let page = page.map_err(|error| read_failure(&error))?;
    for stored in page.events.iter() {
        let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
        if matches!(recorded.event, Event::Approval(ApprovalEvent::Granted(_))) {
            return Ok(Some(recorded.metadata.actor));
        }
    }
    Ok(None)
}
