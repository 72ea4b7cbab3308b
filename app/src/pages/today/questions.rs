//! How many questions of audits wait for an answer, told to whoever may answer them.

use ledger_commands::authorise::{Action, Subject};
use ledger_core::id::Position;
use ledger_core::time::Day;
use ledger_projections::audit::engagement_card;
use ledger_projections::facts::Kind;

use crate::failure::Failure;
use crate::pages::door::SignedIn;
use crate::pages::site::Site;
use crate::reading::histories;
use crate::wiring::OpenLedger;

/// What changes how many wait.
const KINDS: &[Kind] = &[Kind::AuditStep];

/// How many wait; a type of its own, by which it is kept.
struct Unanswered(usize);

/// How many wait, of audits that go on: what an audit left open when it was closed is not answered any more. None for
/// whoever may not answer.
pub(super) async fn unanswered(
    site: &Site,
    signed_in: &SignedIn,
    (today, head): (Day, Position),
) -> Result<usize, Failure> {
    if signed_in.may(Action::AnswerAudit, Subject::Audit).is_err() {
        return Ok(0);
    }
    let open = &site.open.open;
    // The facts do not tell which audit an end is of, but tell when a step of one comes or goes: it is counted anew then.
    let counted = || counted(open, today, head);
    let kept = open
        .facts
        .kept((KINDS, Some(head)), today.to_string(), counted);
    Ok(kept.await?.0)
}

async fn counted(open: &OpenLedger, today: Day, head: Position) -> Result<Unanswered, Failure> {
    let audits = histories(open, "audit-", head).await?;
    let cards = audits
        .iter()
        .filter_map(|(_, history)| engagement_card(history, today));
    let going_on = cards.filter(|card| card.closed.is_none());
    Ok(Unanswered(going_on.map(|card| card.open_questions).sum()))
}
