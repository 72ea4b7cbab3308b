//! A figure that a meeting was shown is not changed afterwards without a second person's approval.
//!
//! A correction touches a frozen pack where its target was known to the pack and lies in the stretch of
//! time that the pack shows, before or after the correction. What goes on counting after its year (who is
//! served, and their disaster plans) lies in it from then on; what has no date may be counted in any: the
//! referral's day tells in which year a report without a date counts. What came later is not in the pack, and a
//! new record is a late entry and no correction. The closing of a year is itself such a figure.

use ledger_core::code::ApprovalAct;
use ledger_core::event::{Event, FinanceEvent};
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
    let first = (!goes_on(entry.event())).then_some(pack.first);
    let is_shown = |at: Occurred| {
        at.day()
            .is_none_or(|day| first.is_none_or(|first| first <= day) && day <= pack.last)
    };
    let mut times = [Some(entry.occurred()), correcting.moved_to]
        .into_iter()
        .flatten();
    entry.recorded.position <= pack.as_at && times.any(is_shown)
}

/// Whether an event counts in the figures of every year from its own on.
const fn goes_on(event: &Event) -> bool {
    matches!(
        event,
        Event::Profile(_) | Event::Case(_) | Event::DisasterPlan(_)
    )
}
