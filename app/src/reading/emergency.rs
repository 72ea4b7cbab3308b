//! Finds the access in an emergency by which somebody has a person's record open.

use ledger_core::actor::Actor;
use ledger_core::event::{CareTeamEvent, EmergencyAccessTaken, Event};
use ledger_core::history::History;
use ledger_core::id::{ChildId, StreamName};
use ledger_core::time::Timestamp;

use super::recent::{recent, recent_opened};
use crate::failure::Failure;
use crate::wiring::OpenWithKeys;

/// The access in an emergency that an account has to a person's record at a moment and that runs longest; none where
/// it has none, or is in charge. Why it was taken is told where the record is opened, which was recorded before.
///
/// # Errors
/// [`Failure`] when the log or a key fails.
pub async fn running_emergency(
    open: &OpenWithKeys,
    (account, child): (&Actor, ChildId),
    now: Timestamp,
    is_opened: bool,
) -> Result<Option<EmergencyAccessTaken>, Failure> {
    let stream = StreamName::child(child);
    let read = if is_opened {
        recent_opened(open, &stream).await?
    } else {
        recent(&open.open, &stream).await?
    };
    let history = read.at(None)?;
    Ok(running(&history, account, now).cloned())
}

fn running<'h>(
    history: &'h History,
    account: &Actor,
    now: Timestamp,
) -> Option<&'h EmergencyAccessTaken> {
    let mut is_in_charge = false;
    let mut running: Option<&EmergencyAccessTaken> = None;
    for entry in history.standing() {
        let Event::CareTeam(event) = entry.event() else {
            continue;
        };
        match event {
            CareTeamEvent::StaffAssigned(one) if one.account == *account => is_in_charge = true,
            CareTeamEvent::StaffUnassigned(one) if one.account == *account => {
                is_in_charge = false;
            },
            CareTeamEvent::EmergencyAccess(taken)
                if taken.account == *account
                    && now < taken.until
                    && running.is_none_or(|known| known.until <= taken.until) =>
            {
                running = Some(taken);
            },
            CareTeamEvent::StaffAssigned(_)
            | CareTeamEvent::StaffUnassigned(_)
            | CareTeamEvent::EmergencyAccess(_)
            | CareTeamEvent::Joined(_)
            | CareTeamEvent::Left(_) => {},
        }
    }
    running.filter(|_| !is_in_charge)
}
