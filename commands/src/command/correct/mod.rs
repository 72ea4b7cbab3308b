//! Commands that correct history: nothing is edited, a later event points at an earlier one.

mod annul_event;
mod correct_event;
mod reassign_event;
mod reverse_annulment;
mod stand_with;

pub use annul_event::AnnulEvent;
pub use correct_event::CorrectEvent;
pub use reassign_event::ReassignEvent;
pub use reverse_annulment::ReverseAnnulment;

use ledger_core::event::Event;
use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, StreamName};
use ledger_core::time::Occurred;

use crate::decision::View;
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::state::{Happened, State};

/// The event that a command points at, as its author saw it.
fn target(
    history: &History,
    target: EventId,
    latest: Option<EventId>,
) -> Result<&Entry, Rejection> {
    let entry = history.find(target);
    let entry = entry.ok_or(Reason::UnknownEvent.on("target"))?;
    if entry.corrections.last().map(|newest| newest.by) != latest {
        return Err(Reason::StaleTarget.on("latest"));
    }
    Ok(entry)
}

/// The streams of the fiscal years that a correction of an event changes.
fn years(
    view: View<'_>,
    stream: &StreamName,
    target: EventId,
    moved_to: Option<Occurred>,
) -> Vec<StreamName> {
    let history = view.history(stream).ok();
    let entry = history.and_then(|history| history.find(target));
    closed_year::changed(stream, entry, moved_to)
}

/// A correction brings back no plan of the person (`before` with its other cases) beside another one of its kind that goes on.
fn no_second_open_plan(before: &State, after: &State) -> Result<(), Rejection> {
    let (State::Child(before), State::Child(after)) = (before, after) else {
        return Ok(());
    };
    let others = &before.others;
    let others = [others.open_support_plan, others.open_disaster_plan].map(usize::from);
    let plans = before.open_plans().into_iter().zip(after.open_plans());
    // Registers may have brought two, which no correction has to settle.
    let is_second = |(before, after): (usize, usize), others: usize| {
        after > before && after.saturating_add(others) > 1
    };
    if plans
        .zip(others)
        .any(|(own, others)| is_second(own, others))
    {
        return Err(Reason::SecondOpenPlan.on("target"));
    }
    Ok(())
}

/// The state that would stand with another content of one event; none takes the event away.
fn with_other(
    stream: &StreamName,
    history: &History,
    target: EventId,
    other: Option<(&Event, Occurred)>,
) -> State {
    let mut state = State::empty(stream);
    for entry in history.entries() {
        let id = entry.recorded.id;
        let content = if id == target {
            other
        } else {
            entry.stands().then(|| (entry.event(), entry.occurred()))
        };
        if let Some((event, occurred)) = content {
            state.evolve(&Happened {
                id,
                latest: entry.latest(),
                event,
                occurred,
            });
        }
    }
    state
}
