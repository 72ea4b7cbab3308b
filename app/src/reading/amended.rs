//! What the kept facts tell of events over the whole log: what was said about each last, and where persons live.

use std::collections::HashMap;
use std::sync::Arc;

use ledger_core::code::Area;
use ledger_core::id::{EventId, Position};
use ledger_projections::amendment::Act;
use ledger_projections::facts::{Kind, Standing};
use ledger_projections::views::ViewsError;

use crate::failure::Failure;
use crate::fault::views_failure;
use crate::wiring::OpenLedger;

/// What is said about an event, by the kind of its fact.
const ACTS: &[(Kind, Act)] = &[
    (Kind::Corrected, Act::Corrected),
    (Kind::Annulled, Act::Annulled),
    (Kind::AnnulmentReversed, Act::Reinstated),
    (Kind::Reassigned, Act::Reassigned),
];

/// What was said last about each event of which a later one says something; the facts must have been
/// brought forward to the position before.
///
/// # Errors
/// [`Failure`] when the views cannot be read.
pub async fn newest_acts(
    open: &OpenLedger,
    head: Position,
) -> Result<Arc<HashMap<EventId, Act>>, Failure> {
    let kinds: Vec<Kind> = ACTS.iter().map(|(kind, _)| *kind).collect();
    let made = async || -> Result<_, ViewsError> {
        let facts = open.facts.standing(&kinds, Some(head)).await?;
        Ok(acts(&facts))
    };
    let acts = open.facts.kept((&kinds, Some(head)), String::new(), made);
    acts.await.map_err(|error| views_failure(&error))
}

fn acts(facts: &Standing) -> HashMap<EventId, Act> {
    let said = facts.iter().filter_map(|fact| {
        let act = ACTS.iter().find(|(kind, _)| *kind == fact.kind);
        Some((fact.thing.parse().ok()?, act?.1))
    });
    // In the order of their positions, so that the newest stays.
    said.collect()
}

/// The area in which each person lives as registered last, by the person's id; the facts must have been
/// brought forward to the position before.
///
/// # Errors
/// [`Failure`] when the views cannot be read.
pub async fn areas_of_persons(
    open: &OpenLedger,
    head: Position,
) -> Result<HashMap<String, Area>, Failure> {
    let kinds = [Kind::PersonKnown, Kind::AreaChanged];
    let facts = open.facts.standing(&kinds, Some(head)).await;
    let facts = facts.map_err(|error| views_failure(&error))?;
    let lives = facts
        .iter()
        .filter_map(|fact| Some((fact.subject.clone()?, fact.area?)));
    Ok(lives.collect())
}
