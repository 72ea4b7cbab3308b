//! Opens the text of streams that are about no person served, each after it was recorded.

use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::StreamName;

use super::door::SignedIn;
use super::fault::Refusal;
use super::site::Site;
use crate::fault::execute_failure;
use crate::reading::history;

/// A stream with its text.
///
/// # Errors
/// [`Refusal`] where it may not be opened, or that cannot be recorded.
pub(super) async fn reopened(
    site: &Site,
    signed_in: &SignedIn,
    stream: &StreamName,
) -> Result<History, Refusal> {
    let envelope = site.envelope(&signed_in.account, signed_in.role);
    let ledger = &site.open.ledger;
    let looked = ledger.record_access(stream, AccessPurpose::Event, &envelope);
    looked.await.map_err(|error| execute_failure(&error))?;
    let store = site.open.open.store.as_ref();
    Ok(history(store, &site.open.codec, stream, None).await?)
}
