//! The accesses in an emergency of the last days, told in 今日の業務 to whoever reviews them; why stays sealed.

use chrono::Days;
use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::Position;

use super::door::SignedIn;
use super::fault::Refusal;
use super::language::current;
use super::site::Site;
use crate::reading::{emergencies, number_of};
use crate::render;

/// For how many days an access in an emergency is told of, today among them: a week, so that whoever was away meets it
/// all the same. An assumption, no paper of the ward says so.
pub(super) const DAYS: u64 = 7;

/// An access that was taken in an emergency.
pub(super) struct Taken {
    /// Whose record it is, by number.
    pub(super) number: String,
    pub(super) account: String,
    pub(super) at: String,
    pub(super) until: String,
    /// It goes on.
    pub(super) runs: bool,
    /// Where the reason is read, the opening of which is recorded.
    pub(super) reason: String,
    pub(super) position: Position,
}

/// Those of the last days up to a position, the newest first; none for whoever does not review them.
pub(super) async fn lately(
    site: &Site,
    signed_in: &SignedIn,
    head: Position,
) -> Result<Vec<Taken>, Refusal> {
    if signed_in
        .may(Action::ReviewLedger, Subject::Ledger)
        .is_err()
    {
        return Ok(Vec::new());
    }
    let before = site.today().checked_sub_days(Days::new(DAYS));
    let all = emergencies(&site.open.open, head).await?;
    let lately = all
        .iter()
        .rev()
        .take_while(|one| before.is_none_or(|before| before < one.at.day_in_japan()));
    let mut told = Vec::new();
    for one in lately {
        let Some(child) = one.stream.as_child() else {
            continue;
        };
        let number = number_of(site.open.open.store.as_ref(), child).await?;
        told.push(Taken {
            number: number.unwrap_or_else(|| child.to_string()),
            account: one.taken.account.to_string(),
            at: render::minute(one.at, current()),
            until: one.taken.until.in_japan().format("%H:%M").to_string(),
            runs: site.now() < one.taken.until,
            reason: format!("/children/{child}#e{}", one.position),
            position: one.position,
        });
    }
    Ok(told)
}
