//! Reads who opened whose text in a month, or of one person, and who took access in an emergency.

use std::collections::BTreeSet;

use ledger_core::event::Recorded;
use ledger_core::id::{Position, StreamName};
use ledger_core::store::{EventStore, ReadAll, StoredEvent};
use ledger_core::time::Day;
use ledger_projections::access_review::{Access, Emergency};
use ledger_projections::facts::Kind;
use ledger_projections::indicators::FactSet;

use super::{month_of, of_types, records, unreadable};
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// The accesses of a month, `2024-04`, oldest first: each day has a stream.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub(super) async fn accesses(store: &dyn EventStore, month: &str) -> Result<Vec<Access>, Failure> {
    let first = format!("{month}-01").parse::<Day>();
    let days = first.into_iter().flat_map(|first| first.iter_days());
    let mut found = Vec::new();
    for day in days.take_while(|day| month_of(*day) == month) {
        for stored in records(store, &StreamName::access(day)).await? {
            found.extend(Access::of(&read(&stored)?));
        }
    }
    found.sort_by_key(|access| access.position);
    Ok(found)
}

/// Every access that was taken in an emergency up to a position, oldest first.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn emergencies(open: &OpenLedger, head: Position) -> Result<Vec<Emergency>, Failure> {
    let taken = of_types(open, &["emergency-access-taken"], head).await?;
    Ok(taken.iter().filter_map(Emergency::of).collect())
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

fn read(stored: &StoredEvent) -> Result<Recorded, Failure> {
    Recorded::read(stored).map_err(|error| unreadable(&error))
}
