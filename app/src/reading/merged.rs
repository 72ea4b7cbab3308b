//! Whose record goes on in place of one that was merged into it.

use ledger_core::id::{ChildId, StreamName};
use ledger_projections::timeline::merged_into;

use super::recent;
use crate::failure::Failure;
use crate::wiring::OpenLedger;

/// Most merges that are followed, one after another.
const MERGES_MAX: usize = 8;

/// Whose record goes on in place of a person's, where it was merged into another, which may have been merged in turn.
///
/// # Errors
/// [`Failure`] when the store fails, or an event cannot be understood.
pub async fn goes_on_as(open: &OpenLedger, child: ChildId) -> Result<Option<ChildId>, Failure> {
    let mut found = None;
    for _ in 0..MERGES_MAX {
        let stream = StreamName::child(found.unwrap_or(child));
        let history = recent(open, &stream).await?.at(None)?;
        match merged_into(&history) {
            Some(survivor) => found = Some(survivor),
            None => break,
        }
    }
    Ok(found)
}
