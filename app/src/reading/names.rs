//! Reads the names of facilities and offices.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::id::{FacilityId, OrganisationId, Position};
use ledger_core::time::Day;
use ledger_projections::facility::facility_card;
use ledger_projections::indicators::Measure;
use ledger_projections::organisation::directory_entry;

use super::histories;
use crate::failure::Failure;
use crate::wiring::OpenLedger;

/// The names of the facilities that a figure's breakdown names by their ids, as they stood at a position.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn facility_names(
    open: &OpenLedger,
    measure: &Measure,
    as_at: Position,
) -> Result<BTreeMap<String, String>, Failure> {
    let parts = measure.lines.iter().flat_map(|line| line.key.split('/'));
    let ids = parts.filter(|part| part.parse::<FacilityId>().is_ok());
    let ids: BTreeSet<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = histories(open, "facility-", as_at).await?;
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
    open: &OpenLedger,
    offices: &BTreeSet<OrganisationId>,
    as_at: Position,
) -> Result<BTreeMap<OrganisationId, String>, Failure> {
    if offices.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = histories(open, "organisation-", as_at).await?;
    let entries = found
        .iter()
        .filter_map(|(_, history)| directory_entry(history, Day::MAX));
    let named = entries.filter(|entry| offices.contains(&entry.organisation));
    Ok(named
        .map(|entry| (entry.organisation, entry.name))
        .collect())
}
