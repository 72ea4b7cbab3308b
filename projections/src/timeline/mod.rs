//! Live: one person's timeline, folded from one read of the person's stream.
//!
//! Both clocks are parameters: `as_at` cuts the log (what was recorded by then), `as_of` cuts what
//! happened (what had occurred by then). Nothing here reads a clock; overdue is judged on the day
//! that the caller gives.

mod disaster;
mod entry;
mod order;
mod person;
mod plans;
mod recheck;
mod referrals;
#[cfg(test)]
mod tests;

pub use disaster::{DisasterClock, DisasterPlanView, DisasterState, DisasterUse, DisasterWish};
pub use entry::{Earlier, TimelineEntry};
pub use person::{GuardianView, Person, ProcedureView};
pub use plans::{Delivery, FieldChange, PlanVersion, PlanView, VersionDifference};
pub use recheck::{Recheck, RecheckCause, RecheckTrigger};
pub use referrals::ReferralView;

use ledger_core::history::{Entry, History};
use ledger_core::id::Position;
use ledger_core::time::Day;
use serde::Serialize;

use crate::yearly_clock::YearlyClock;

/// Through which clocks a timeline is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineOptions {
    /// Only what had occurred by the end of this day; none: everything.
    pub as_of: Option<Day>,
    /// The position up to which the history was read; none: all of it. Shown, not applied here.
    pub as_at: Option<Position>,
    /// The day on which due dates are judged.
    pub today: Day,
    /// The terms of the yearly clock of disaster plans.
    pub yearly_clock: YearlyClock,
}

/// One person's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// What had occurred by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// What was recorded by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<Position>,
    /// The day on which due dates are judged.
    pub today: Day,
    /// The newest event in it.
    pub position: Position,
    /// Who the person is, as known.
    pub person: Person,
    /// What was said last about whether there is to be a disaster plan.
    pub disaster_wish: Option<DisasterWish>,
    /// The disaster plans with their yearly clock.
    pub disaster_plans: Vec<DisasterPlanView>,
    /// The home-living support plans with their versions.
    pub support_plans: Vec<PlanView>,
    /// The referrals with their steps.
    pub referrals: Vec<ReferralView>,
    /// What happened, oldest first; what has no day stands at the latest dated step of its thing.
    pub entries: Vec<TimelineEntry>,
}

/// Folds a person's history into a timeline.
#[must_use]
pub fn timeline(history: &History, options: TimelineOptions) -> Timeline {
    let placed = order::placed(history);
    let by_then = order::by(&placed, options.as_of);
    // As states of commands are folded: a step follows what was recorded before it.
    let standing: Vec<&Entry> = by_then
        .iter()
        .map(|one| one.entry)
        .filter(|entry| entry.stands())
        .collect();
    let mut shown: Vec<order::Placed<'_>> = by_then
        .iter()
        .filter(|one| entry::is_shown(one.entry))
        .copied()
        .collect();
    order::sort(&mut shown);
    let judged_on = options
        .as_of
        .map_or(options.today, |as_of| as_of.min(options.today));
    let newest = history
        .entries()
        .last()
        .map(|entry| entry.recorded.position);
    Timeline {
        as_of: options.as_of,
        as_at: options.as_at,
        today: options.today,
        position: newest.unwrap_or_default(),
        person: person::person(&standing, judged_on),
        disaster_wish: disaster::wish(&standing),
        disaster_plans: disaster::plans(&standing, judged_on, options.yearly_clock),
        support_plans: plans::plans(&standing),
        referrals: referrals::referrals(&standing),
        entries: shown.iter().map(|one| entry::view(history, one)).collect(),
    }
}
