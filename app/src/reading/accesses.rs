//! Reads who opened whose text in a month, or of one person, and who took access in an emergency.

use std::collections::BTreeSet;

use ledger_core::event::Recorded;
use ledger_core::id::Position;
use ledger_core::store::{EventStore, Filter, NameFilter, ReadAll, StoredEvent};
use ledger_projections::access_review::{Access, Emergency};
use ledger_projections::facts::Kind;
use ledger_projections::indicators::FactSet;

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// The accesses of the streams whose names begin so, oldest first.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn accesses(
    store: &dyn EventStore,
    streams: &str,
) -> Result<Vec<Access>, Failure> {
    let filter = Filter::of_streams(streams);
    each(store, filter, &|recorded| Access::of(&recorded)).await
}

/// Every access that was taken in an emergency, oldest first.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn emergencies(store: &dyn EventStore) -> Result<Vec<Emergency>, Failure> {
    let types = vec!["emergency-access-taken".to_owned()];
    let filter = Filter {
        types: Some(NameFilter::OneOf(types)),
        streams: None,
    };
    each(store, filter, &|recorded| Emergency::of(&recorded)).await
}

/// The positions at which the text of some streams was opened, the newest first.
#[must_use]
pub(super) fn openings_of(facts: &FactSet<'_>, streams: &BTreeSet<String>) -> Vec<Position> {
    let opened = facts.of(Kind::TextOpened).iter();
    let own = opened.filter(|fact| streams.contains(&fact.thing));
    let mut positions: Vec<Position> = own.map(|fact| fact.position).collect();
    positions.sort_unstable();
    positions.reverse();
    positions
}

/// The accesses at some positions, in their order.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn accesses_at(
    store: &dyn EventStore,
    positions: &[Position],
) -> Result<Vec<Access>, Failure> {
    let mut found = Vec::new();
    for position in positions {
        let page = store.read_all(&ReadAll::one(*position)).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            found.extend(Access::of(&read(stored)?));
        }
    }
    Ok(found)
}

async fn each<T>(
    store: &dyn EventStore,
    filter: Filter,
    of: &(dyn Fn(Recorded) -> Option<T> + Sync),
) -> Result<Vec<T>, Failure> {
    let (mut found, mut reading) = (Vec::new(), ReadAll::after(Position::default()).of(filter));
    loop {
        let page = store.read_all(&reading).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            found.extend(of(read(stored)?));
        }
        match page.next {
            Some(next) => reading.from = Some(Position::new(next)),
            None => return Ok(found),
        }
    }
}

fn read(stored: &StoredEvent) -> Result<Recorded, Failure> {
    Recorded::read(stored).map_err(|error| unreadable(&error))
}
