//! Finds the event that a position or an id names, and those beside it.

use ledger_core::actor::Role;
use ledger_core::id::{EventId, Position};
use ledger_core::store::{Direction, EventStore, ReadAll, StoredEvent};

use super::position::next_to;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::rights::reads;

/// Finds an event by its position, or by its id over the whole log.
///
/// # Errors
/// [`Failure`] when there is none, or the store fails.
pub async fn find_event(store: &dyn EventStore, which: &str) -> Result<StoredEvent, Failure> {
    let position = which.parse::<u64>().ok().map(Position::new);
    let id = which.parse::<EventId>().ok();
    let mut read = ReadAll {
        from: position,
        limit: if position.is_some() { 1 } else { usize::MAX },
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store
            .read_all(&read)
            .await
            .map_err(|error| read_failure(&error))?;
        let fits = |event: &&StoredEvent| Some(event.position) == position || Some(event.id) == id;
        if let Some(found) = page.events.iter().find(fits) {
            return Ok(found.clone());
        }
        match page.next.filter(|_| id.is_some()) {
            Some(next) => read.from = Some(Position::new(next)),
            None => {
                return Err(Failure::refused(
                    "UNKNOWN_EVENT",
                    "その位置またはIDの記録はありません。",
                    "there is no event at that position or with that id",
                ));
            },
        }
    }
}

/// How far beside an event another is looked for.
const BESIDE_MAX: u64 = 10_000;

/// The nearest event on one side of a position that a role reads; none where none is near.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn beside(
    store: &dyn EventStore,
    role: Role,
    at: Position,
    direction: Direction,
) -> Result<Option<Position>, Failure> {
    let Some(from) = next_to(at, direction) else {
        return Ok(None);
    };
    let mut read = ReadAll {
        direction,
        ..ReadAll::one(from)
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let mut found = page.events.iter();
        if let Some(one) = found.find(|one| reads(role, one.stream.category())) {
            return Ok(Some(one.position));
        }
        match page
            .next
            .filter(|next| at.get().abs_diff(*next) < BESIDE_MAX)
        {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(None),
        }
        read.limit = usize::MAX;
    }
}
