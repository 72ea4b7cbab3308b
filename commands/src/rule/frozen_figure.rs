//! A figure that a meeting was shown is not changed afterwards without a second person's approval.
//!
//! A correction touches a frozen pack where its target was known to the pack and lies in the stretch of
//! time that the pack shows, before or after the correction. What goes on counting after its year (who is
//! served, their consents, referrals, promises and disaster plans) lies in it from then on. A step without a
//! date may be counted in any: the referral's day tells in which year its report counts; and so may a birth
//! month, which holds whenever it was written down. What came later is not in the pack, and a new record is a
//! late entry and no correction. The closing of a year is itself such a figure.

use ledger_core::code::ApprovalAct;
use ledger_core::event::{Event, FinanceEvent, ProfileEvent};
use ledger_core::history::Entry;
use ledger_core::id::{ApprovalId, StreamName};
use ledger_core::time::Occurred;

use super::approval::{self, Needed};
use crate::decision::{Context, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::state::Pack;

/// What is corrected, and by whose approval.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Correcting<'a> {
    /// The event in force until now.
    pub(crate) entry: &'a Entry,
    /// When it occurs from now on, where that changes.
    pub(crate) moved_to: Option<Occurred>,
    /// The stream in which it stands, for which an approval is asked.
    pub(crate) stream: &'a StreamName,
    /// The approval that the command names.
    pub(crate) approval: Option<ApprovalId>,
}

/// The use of the approval that the correction needs, or names all the same; it goes into the same
/// append.
///
/// # Errors
/// [`Reason::FrozenFigure`] when it needs one and names none, those of [`approval::used`] when the one
/// that it names does not hold.
pub(crate) fn approved(
    correcting: Correcting<'_>,
    view: View<'_>,
    context: &Context,
) -> Result<Option<Written>, Rejection> {
    let Some(approval) = correcting.approval else {
        let shown = view.packs().any(|pack| touches(correcting, pack));
        return if shown || closes_year(correcting.entry.event()) {
            Err(Reason::FrozenFigure.on("approval"))
        } else {
            Ok(None)
        };
    };
    let needed = Needed {
        approval,
        act: ApprovalAct::FrozenFigure,
        stream: correcting.stream,
        absorbed: None,
        target: Some(correcting.entry.recorded.id),
    };
    let today = Occurred::Day(context.today);
    approval::used(needed, view, today, context).map(Some)
}

/// Whether an event closes a year: all figures of it are as good as shown.
const fn closes_year(event: &Event) -> bool {
    matches!(event, Event::Finance(FinanceEvent::YearClosed(_)))
}

fn touches(correcting: Correcting<'_>, pack: &Pack) -> bool {
    let entry = correcting.entry;
    let event = entry.event();
    let is_shown = |at: Occurred| match at.day() {
        None => counts_without_a_date(event),
        Some(day) => {
            tells_birth(event) || day <= pack.last && (pack.first <= day || goes_on(event))
        },
    };
    let mut times = [Some(entry.occurred()), correcting.moved_to]
        .into_iter()
        .flatten();
    entry.recorded.position <= pack.as_at && times.any(is_shown)
}

/// Whether an event counts in the figures of every year from its own on.
const fn goes_on(event: &Event) -> bool {
    // Only in its own year it is asked when a guardian was told anew.
    let of_guardian = matches!(
        event,
        Event::Profile(
            ProfileEvent::GuardianAdded(_)
                | ProfileEvent::GuardianChanged(_)
                | ProfileEvent::GuardianRemoved(_)
        )
    );
    let goes_on = matches!(
        event,
        Event::Profile(_)
            | Event::Case(_)
            | Event::DisasterPlan(_)
            | Event::Consent(_)
            | Event::Referral(_)
            | Event::FollowUp(_)
    );
    goes_on && !of_guardian
}

/// Whether an event without a date may count all the same: steps do, while what is counted by its own day does not.
const fn counts_without_a_date(event: &Event) -> bool {
    !matches!(
        event,
        Event::Consultation(_) | Event::Profile(_) | Event::CareTeam(_) | Event::FamilyVoice(_)
    )
}

/// Whether an event says when somebody was born after they were registered.
const fn tells_birth(event: &Event) -> bool {
    if let Event::Profile(ProfileEvent::Changed(changed)) = event {
        return changed.birth_month.is_some();
    }
    false
}
