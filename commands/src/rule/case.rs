//! What a closed case, or one that is another's alias, still takes.
//!
//! Nothing new is done for a closed case, but what happened before the closing may be written down
//! later, and what was left open comes to its end. An alias takes no new thing at all: its survivor
//! does. Corrections and facts of registers do not ask here.

use ledger_core::event::{CareTeamEvent, ConsentEvent, Draft, Event, SupportPlanEvent, Thing};
use ledger_core::time::Occurred;

use crate::rejection::{Reason, Rejection};
use crate::state::Child;

/// Why the case takes nothing new that occurred then, if it does not.
pub(crate) fn refusal(child: &Child, occurred: Occurred) -> Option<Reason> {
    if child.case.absorbed_into.is_some() {
        return Some(Reason::CaseMerged);
    }
    let closed = child.case.closed?;
    let late = was_before(occurred, closed.occurred);
    (!late).then_some(Reason::CaseClosed)
}

/// Whether the case takes these events.
pub(crate) fn takes(child: &Child, drafts: &[Draft]) -> Result<(), Rejection> {
    if child.case.absorbed_into.is_some() && !drafts.iter().all(|it| goes_on(&it.event)) {
        return Err(Reason::CaseMerged.on("child"));
    }
    let Some(closed) = child.case.closed else {
        return Ok(());
    };
    let taken = |draft: &Draft| {
        let late = was_before(draft.occurred, closed.occurred) && !leaves_open(&draft.event);
        late || is_owed(&draft.event) || goes_on(&draft.event)
    };
    if drafts.iter().all(taken) {
        Ok(())
    } else {
        Err(Reason::CaseClosed.on("child"))
    }
}

/// Whether it is a step of something that stands in the same stream and is brought to its end
/// there, or the stream itself is looked at.
fn goes_on(event: &Event) -> bool {
    let ends = matches!(
        event,
        Event::SupportPlan(SupportPlanEvent::Discharged(_))
            | Event::CareTeam(
                CareTeamEvent::EmergencyAccess(_) | CareTeamEvent::StaffUnassigned(_)
            )
    );
    // Who the guardians are is part of the profile, and a refused consent begins and ends at once.
    let thing = !matches!(
        event,
        Event::Profile(_) | Event::Consent(ConsentEvent::Refused(_))
    );
    ends || (thing && event.thing().is_some() && !event.begins())
}

/// Whether it is owed to the person or to the record after the closing, too.
const fn is_owed(event: &Event) -> bool {
    matches!(
        event,
        Event::Case(_) | Event::Consent(ConsentEvent::Refused(_) | ConsentEvent::Shared(_))
    )
}

/// Whether something would be open by it, and never be seen in a closed case.
fn leaves_open(event: &Event) -> bool {
    event.begins()
        && matches!(
            event.thing(),
            Some(
                Thing::Referral(_)
                    | Thing::SupportPlan(_)
                    | Thing::DisasterPlan(_)
                    | Thing::HospitalStay(_)
                    | Thing::FollowUp(_)
            )
        )
}

/// Whether something certainly occurred before another.
fn was_before(occurred: Occurred, other: Occurred) -> bool {
    match (occurred, other) {
        (Occurred::Minute(at), Occurred::Minute(other)) => at < other,
        _ => matches!((occurred.day(), other.day()), (Some(day), Some(other)) if day < other),
    }
}
