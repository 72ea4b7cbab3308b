//! The programme's settings as they stood; a program that serves reads them anew once one was set.

use std::sync::Arc;

use ledger_core::id::Position;
use ledger_projections::facts::{Facts, Kind};
use ledger_projections::settings::Settings;

use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::wiring::OpenLedger;

/// The settings as they stood at a position, or as they stand.
///
/// # Errors
/// [`Failure`] when log or views cannot be read.
pub async fn settings_at(
    open: &OpenLedger,
    as_at: Option<Position>,
) -> Result<Arc<Settings>, Failure> {
    if !open.facts.holds() {
        return Ok(Arc::new(read(open, as_at).await?));
    }
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let at = Some(as_at.unwrap_or(head));
    let made = || read(open, at);
    open.facts
        .kept((&[Kind::Setting], at), String::new(), made)
        .await
}

async fn read(open: &OpenLedger, as_at: Option<Position>) -> Result<Settings, Failure> {
    let settings = Settings::read(open.store.as_ref(), as_at).await;
    settings.map_err(|error| figures_failure(&error.into()))
}
