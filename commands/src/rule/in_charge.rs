//! Who says who is in charge of a person.
//!
//! Being in charge opens the person's record. Where staff could put themselves in charge of whom others are, nobody
//! would have to give the reason that opening such a record asks for.

use ledger_core::actor::Role;
use ledger_core::code::Charge;
use ledger_core::event::{CareTeamEvent, Event};

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::state::{CareTeam, Child, State};

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

/// The same of whoever amends what was recorded of it.
///
/// # Errors
/// [`Reason::ChargeOfOthers`].
pub(crate) fn may_amend(event: &Event, state: &State, context: &Context) -> Result<(), Rejection> {
    let (
        Event::CareTeam(CareTeamEvent::StaffAssigned(_) | CareTeamEvent::StaffUnassigned(_)),
        State::Child(child),
    ) = (event, state)
    else {
        return Ok(());
    };
    may_decide(&child.care_team, context).map_err(|_| Reason::ChargeOfOthers.on("target"))
}

/// A correction brings back nobody as in charge first of all beside another: a hand-over is two events, of which one may
/// be taken back alone.
///
/// # Errors
/// [`Reason::MainAlreadyAssigned`].
pub(crate) fn no_second_main(before: &State, after: &State) -> Result<(), Rejection> {
    let (State::Child(before), State::Child(after)) = (before, after) else {
        return Ok(());
    };
    let mains = |child: &Child| {
        let charges = child.care_team.charges.values();
        charges.filter(|charge| **charge == Charge::Main).count()
    };
    if mains(after) > mains(before).max(1) {
        return Err(Reason::MainAlreadyAssigned.on("target"));
    }
    Ok(())
}
