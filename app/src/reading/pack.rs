//! The figures of a meeting, as the log makes them at a position.

use ledger_core::id::Position;
use ledger_projections::indicators::{Pack, PackError, Scope, pack};

use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::wiring::OpenLedger;

/// The figures at a position and their digest; the views must have been brought forward before.
///
/// # Errors
/// [`Failure`] when the figures cannot be read or written.
pub async fn frozen_at(
    open: &OpenLedger,
    scope: Scope,
    at: Position,
) -> Result<(Pack, String), Failure> {
    let frozen = pack(open.store.as_ref(), &open.facts, scope, at).await;
    let frozen = frozen.map_err(|error| pack_failure(&error))?;
    let digest = frozen.digest().map_err(|error| pack_failure(&error))?;
    Ok((frozen, digest))
}

/// Why there is no pack, in words.
#[must_use]
pub fn pack_failure(error: &PackError) -> Failure {
    match error {
        PackError::Figures(error) => figures_failure(error),
        PackError::Json(error) => Failure::failed(
            "PACK_FAILED",
            "資料を作れません。",
            format!("the figures cannot be written: {error}"),
        ),
    }
}
