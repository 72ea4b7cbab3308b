//! Which figures are other ones now than at an earlier position; a program that goes on running finds out anew only of
//! those that were measured anew.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use ledger_core::id::Position;
use ledger_core::task::counting;
use ledger_projections::indicators::{
    Basis, Change, INDICATORS, Indicator, Measure, Scope, changed_of, differs,
};

use super::slots::{Slot, Slots};
use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::wiring::OpenLedger;

/// Most meetings since which it is remembered what changed.
const MEETINGS_MAX: usize = 16;

/// What changed since a position, by indicators.
#[derive(Default)]
pub(super) struct HeldChanges(Slots<(Position, Scope), Known, MEETINGS_MAX>);

type Known = HashMap<&'static str, (Arc<Measure>, Option<Change>)>;

/// The figures that changed between a position and where these facts stand, each with the events that changed it, in
/// the order of the indicators; the views must have been brought forward before.
///
/// # Errors
/// [`Failure`] when facts or settings cannot be read.
pub async fn changes_since(
    open: &OpenLedger,
    scope: Scope,
    (from, now): (Position, &Basis),
) -> Result<Vec<Change>, Failure> {
    let slot = match &open.held {
        Some(held) => held.changes.0.of((from, scope), Instant::now()),
        None => Slot::default(),
    };
    let mut known = slot.lock().await;
    let moved = counting(|| moved(&known, now, scope));
    if !moved.is_empty() {
        let found = found(open, scope, (from, now), &moved).await?;
        let mut found: HashMap<&str, Change> = found
            .into_iter()
            .map(|change| (change.indicator, change))
            .collect();
        for (indicator, measure) in moved {
            let change = found.remove(indicator.id);
            known.insert(indicator.id, (measure, change));
        }
    }
    let changes = INDICATORS.iter();
    let changes = changes.filter_map(|indicator| known.get(indicator.id)?.1.clone());
    Ok(changes.collect())
}

/// The indicators that were measured anew since it was found out of them.
fn moved(known: &Known, now: &Basis, scope: Scope) -> Vec<(&'static Indicator, Arc<Measure>)> {
    let measured = INDICATORS
        .iter()
        .map(|indicator| (indicator, now.measure(indicator, scope)));
    let moved = measured.filter(|(indicator, measure)| {
        let then = known.get(indicator.id);
        then.is_none_or(|(then, _)| !Arc::ptr_eq(then, measure))
    });
    moved.collect()
}

async fn found(
    open: &OpenLedger,
    scope: Scope,
    (from, now): (Position, &Basis),
    moved: &[(&'static Indicator, Arc<Measure>)],
) -> Result<Vec<Change>, Failure> {
    let store = open.store.as_ref();
    let then = Basis::read(store, &open.facts, Some(from)).await;
    let then = then.map_err(|error| figures_failure(&error))?;
    let differing = counting(|| {
        let moved = moved.iter();
        let differing =
            moved.filter(|(indicator, measure)| differs(&then.measure(indicator, scope), measure));
        differing
            .map(|(indicator, _)| *indicator)
            .collect::<Vec<_>>()
    });
    if differing.is_empty() {
        return Ok(Vec::new());
    }
    let found = changed_of(differing, (store, &open.views), scope, (from, now.as_at)).await;
    found.map_err(|error| figures_failure(&error))
}
