//! Finds the event that a position or an id names.

use ledger_core::id::{EventId, Position};
use ledger_core::store::{EventStore, ReadAll, StoredEvent};

use crate::failure::Failure;
use crate::fault::read_failure;

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
