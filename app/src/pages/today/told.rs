//! For whom something was recorded just now, and what is worth a look in it.

use ledger_core::event::AccessPurpose;
use ledger_core::id::Position;

use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::noticed::{self, Notice};
use crate::pages::site::Site;
use crate::reading::number_of;

/// Most persons who are named after a record.
const RECORDED_MAX: usize = 10;

/// For whom something was recorded just now.
pub(super) struct Told {
    /// Register number.
    pub(super) number: String,
    /// Where it stands.
    pub(super) path: String,
    pub(super) position: Position,
    /// Whether the account may open the person's record, as who amends something there does.
    pub(super) opens: bool,
    /// What is worth a look now that it is recorded.
    pub(super) notices: Vec<Notice>,
}

/// Whom the events at these positions are about, as far as the account recorded them.
pub(super) async fn recorded(
    site: &Site,
    signed_in: &SignedIn,
    positions: &[u64],
) -> Result<Vec<Told>, Refusal> {
    let mut told = Vec::new();
    let positions = positions.iter().take(RECORDED_MAX);
    for position in positions.copied().map(Position::new) {
        let Some((own, child)) = noticed::own(site, signed_in, position).await? else {
            continue;
        };
        if let Some(number) = number_of(site.open.open.store.as_ref(), child).await? {
            let envelope = site.envelope(&signed_in.account, signed_in.role);
            let ledger = &site.open.ledger;
            let opens = ledger.may_open(&own.stream, AccessPurpose::Event, &envelope);
            told.push(Told {
                number,
                opens: opens.await.is_ok(),
                path: format!("/children/{child}#e{position}"),
                position,
                notices: noticed::notices(site, (&own, child)).await,
            });
        }
    }
    Ok(told)
}
