//! The meetings of the steering committee.

use ledger_core::time::Day;
use ledger_projections::committee::{MeetingCard, meeting_card};

use super::histories;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// Every meeting of the committee as it stands.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn meeting_cards(open: &OpenLedger) -> Result<Vec<MeetingCard>, Failure> {
    let store = open.store.as_ref();
    let head = store.head().await.map_err(|error| read_failure(&error))?;
    let meetings = histories(open, "committee-", head.position).await?;
    let cards = meetings.iter();
    let cards = cards.filter_map(|(_, history)| meeting_card(history, Day::MAX));
    Ok(cards.collect())
}
