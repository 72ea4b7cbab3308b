//! Finds the events that others name by their ids.

use std::collections::{BTreeSet, HashMap};

use ledger_core::id::{EventId, Position};
use ledger_core::store::{EventStore, ReadAll, StoredEvent};

use crate::failure::Failure;
use crate::fault::read_failure;

/// The events that have one of these ids, by one pass over the log; what this ledger does not hold is left out.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn events_named(
    store: &dyn EventStore,
    ids: &BTreeSet<EventId>,
) -> Result<HashMap<EventId, StoredEvent>, Failure> {
    let mut found = HashMap::new();
    let mut read = ReadAll::after(Position::default());
    while found.len() < ids.len() {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let named = page.events.iter().filter(|one| ids.contains(&one.id));
        found.extend(named.map(|one| (one.id, one.clone())));
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => break,
        }
    }
    Ok(found)
}
