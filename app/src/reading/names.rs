//! Reads the names of facilities and offices.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::id::{FacilityId, OrganisationId, Position, StreamName};
use ledger_core::store::EventStore;
use ledger_core::time::Day;
use ledger_projections::facility::facility_card;
use ledger_projections::indicators::Measure;
use ledger_projections::organisation::directory_entry;

use super::{closed_history, histories};
use crate::failure::Failure;

/// The names of the facilities that a figure's breakdown names by their ids, as they stood at a position.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn facility_names(
    store: &dyn EventStore,
    measure: &Measure,
    as_at: Position,
) -> Result<BTreeMap<String, String>, Failure> {
    let parts = measure.lines.iter().flat_map(|line| line.key.split('/'));
    let ids = parts.filter(|part| part.parse::<FacilityId>().is_ok());
    let ids: BTreeSet<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = histories(store, "facility-", as_at).await?;
    let cards = found
        .iter()
        .filter_map(|(_, history)| facility_card(history, Day::MAX));
    let names = cards.map(|card| (card.facility.to_string(), card.called()));
    Ok(names.filter(|(id, _)| ids.contains(id.as_str())).collect())
}

/// The names of these offices of the directory, as they stood at a position.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn office_names(
    store: &dyn EventStore,
    offices: &BTreeSet<OrganisationId>,
    as_at: Position,
) -> Result<BTreeMap<OrganisationId, String>, Failure> {
    let mut names = BTreeMap::new();
    for office in offices {
        let stream = StreamName::organisation(*office);
        let history = closed_history(store, &stream, Some(as_at)).await?;
        let entry = directory_entry(&history, Day::MAX);
        names.extend(entry.map(|entry| (*office, entry.name)));
    }
    Ok(names)
}
