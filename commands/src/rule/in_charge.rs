//! Who says who is in charge of a person.
//!
//! Being in charge opens the person's record. Where staff could put themselves in charge of whom others are, nobody
//! would have to give the reason that opening such a record asks for.

use ledger_core::actor::Role;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::state::CareTeam;

/// Staff say who is in charge of whom they are in charge of themselves, or nobody is; the manager of everybody.
///
/// # Errors
/// [`Reason::ChargeOfOthers`].
pub(crate) fn may_decide(team: &CareTeam, context: &Context) -> Result<(), Rejection> {
    let of_others = !team.charges.is_empty() && !team.is_in_charge(&context.actor);
    if context.role == Role::Staff && of_others {
        return Err(Reason::ChargeOfOthers.on("account"));
    }
    Ok(())
}
