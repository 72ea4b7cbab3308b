//! The programme's settings as they stood; a program that serves reads them anew once one was set.

use std::sync::Arc;
use std::time::Instant;

use ledger_core::id::{Position, StreamName};
use ledger_projections::settings::Settings;

use super::recent::recent;
use super::slots::Slots;
use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::wiring::OpenLedger;

/// Most states of the settings that are held.
const STATES_MAX: usize = 32;

/// The settings as they stood once a record of the programme was made, by its position.
#[derive(Default)]
pub(super) struct HeldSettings(Slots<Position, Option<Arc<Settings>>, STATES_MAX>);

/// The settings as they stood at a position, or as they stand.
///
/// # Errors
/// [`Failure`] when the log cannot be read.
pub async fn settings_at(
    open: &OpenLedger,
    as_at: Option<Position>,
) -> Result<Arc<Settings>, Failure> {
    let Some(held) = &open.held else {
        return Ok(Arc::new(read(open, as_at).await?));
    };
    let programme = recent(open, &StreamName::programme()).await?;
    let by_then = programme.records().iter().map(|(position, _)| *position);
    let by_then = by_then.take_while(|position| as_at.is_none_or(|as_at| *position <= as_at));
    let last = by_then.last().unwrap_or_default();
    let slot = held.settings.0.of(last, Instant::now());
    let mut slot = slot.lock().await;
    if let Some(settings) = &*slot {
        return Ok(Arc::clone(settings));
    }
    let settings = Arc::new(read(open, Some(last)).await?);
    Ok(Arc::clone(slot.insert(settings)))
}

async fn read(open: &OpenLedger, as_at: Option<Position>) -> Result<Settings, Failure> {
    let settings = Settings::read(open.store.as_ref(), as_at).await;
    settings.map_err(|error| figures_failure(&error.into()))
}
