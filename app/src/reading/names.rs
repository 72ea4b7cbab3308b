//! Reads the names of facilities.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::id::{FacilityId, Position};
use ledger_core::store::EventStore;
use ledger_core::time::Day;
use ledger_projections::facility::facility_card;
use ledger_projections::indicators::Measure;

use super::histories;
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
