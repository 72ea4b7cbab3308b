//! For whom something was recorded just now, and what is worth a look in it.

use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::Position;

use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::language::current;
use crate::pages::noticed::{self, Notice};
use crate::pages::site::Site;
use crate::reading::number_of;
use crate::render;

/// Most persons who are named after a record.
const RECORDED_MAX: usize = 10;

/// For whom something was recorded just now.
pub(super) struct Told {
    /// Register number; the id where there is none.
    pub(super) number: String,
    /// Where it stands.
    pub(super) path: String,
    pub(super) position: Position,
    /// What was recorded.
    pub(super) title: &'static str,
    /// Where it is taken back, by whoever recorded it.
    pub(super) back: Option<String>,
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
        let number = number_of(site.open.open.store.as_ref(), child).await?;
        let may_amend = signed_in.may(Action::Correct, Subject::Person).is_ok();
        let (path, back) = noticed::ways(&own, child, may_amend);
        told.push(Told {
            number: number.unwrap_or_else(|| child.to_string()),
            path,
            back,
            position: own.position,
            title: render::event_title(own.event.info().name, current()),
            notices: noticed::notices(site, signed_in, (&own, child)).await,
        });
    }
    Ok(told)
}
