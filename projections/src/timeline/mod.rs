//! Live: one person's timeline, folded from one read of the person's stream.
//!
//! Both clocks are parameters: `as_at` cuts the log (what was recorded by then), `as_of` cuts what
//! happened (what had occurred by then). Nothing here reads a clock; overdue is judged on the day
//! that the caller gives.

mod care_field;
mod care_fields;
mod disaster;
mod entry;
mod entry_kind;
mod linked;
mod order;
mod person;
mod plans;
mod recheck;
mod referrals;
#[cfg(test)]
mod tests;
mod threads;

pub use care_field::CareField;
pub use disaster::{DisasterClock, DisasterPlanView, DisasterState, DisasterUse, DisasterWish};
pub use entry::{Earlier, TimelineEntry};
pub use entry_kind::EntryKind;
pub use linked::{linked_inquiries, merged_into};
pub use order::{Occurrence, occurred_by};
pub use person::{GuardianView, Person, ProcedureView};
pub use plans::{Delivery, FieldChange, PlanVersion, PlanView, VersionDifference};
pub use recheck::{Recheck, RecheckCause, RecheckTrigger};
pub use referrals::ReferralView;
pub use threads::OtherOffice;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use ledger_core::history::{Entry, History};
use ledger_core::id::{ChildId, InquiryId, Position};
use ledger_core::time::{Day, Timestamp};
use serde::Serialize;

use crate::amendment::amendments;
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
    /// Where in the log each record of the person stands, and when it was made, corrections among them.
    #[serde(skip)]
    pub records: Vec<(Position, Timestamp)>,
    /// What happened, oldest first; what has no day stands at the latest dated step of its thing.
    pub entries: Vec<TimelineEntry>,
    /// The case that goes on in place of this one, where it is an alias.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ChildId>,
    /// Register numbers of other persons that it names, by id; whoever reads them puts them here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, String>,
    /// Inquiries of the person that whoever reads may not open; their consultations are not among the
    /// entries. Whoever reads them says so here.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub withheld: BTreeSet<InquiryId>,
}

impl Timeline {
    /// Other persons whom it names, by id.
    #[must_use]
    pub fn others(&self) -> BTreeSet<ChildId> {
        let entries = self.entries.iter();
        let moved = entries.flat_map(|entry| [&entry.reassigned_to, &entry.reassigned_from]);
        let moved = moved.flatten().filter_map(|id| id.parse().ok());
        moved.chain(self.merged_into).collect()
    }
}

/// Folds a person's history into a timeline.
#[must_use]
pub fn timeline(history: &History, options: TimelineOptions) -> Timeline {
    timeline_with::<History>(history, &[], options)
}

/// Folds a person's history into a timeline, with the consultations of inquiries that are linked to the
/// person; see [`linked_inquiries`].
#[must_use]
pub fn timeline_with<H: Borrow<History>>(
    history: &History,
    inquiries: &[H],
    options: TimelineOptions,
) -> Timeline {
    let own = order::by(&order::placed(history), options.as_of).into_iter();
    let mut shown: Vec<order::Placed<'_>> = own.filter(|one| entry::is_shown(one.entry)).collect();
    let inquiries = inquiries.iter().map(Borrow::borrow);
    let about = amendments(std::iter::once(history).chain(inquiries.clone()));
    for inquiry in inquiries {
        let told = order::by(&order::placed(inquiry), options.as_of);
        shown.extend(told.into_iter().filter(|one| linked::is_told(one.entry)));
    }
    order::sort(&mut shown);
    let mut entries: Vec<TimelineEntry> =
        shown.iter().map(|one| entry::view(one, &about)).collect();
    care_fields::fill_in(&mut entries);
    Timeline {
        entries,
        ..timeline_state(history, options)
    }
}

/// What stands of a person as in [`timeline`], without the entries that say how it came to be.
#[must_use]
pub fn timeline_state(history: &History, options: TimelineOptions) -> Timeline {
    let placed = order::placed(history);
    let by_then = order::by(&placed, options.as_of);
    // As states of commands are folded: a step follows what was recorded before it.
    let standing: Vec<&Entry> = by_then
        .iter()
        .map(|one| one.entry)
        .filter(|entry| entry.stands())
        .collect();
    let judged_on = options
        .as_of
        .map_or(options.today, |as_of| as_of.min(options.today));
    let records = history.entries().iter();
    let records: Vec<(Position, Timestamp)> = records
        .map(|entry| (entry.recorded.position, entry.recorded.recorded_at))
        .collect();
    Timeline {
        as_of: options.as_of,
        as_at: options.as_at,
        today: options.today,
        position: records
            .last()
            .map(|(position, _)| *position)
            .unwrap_or_default(),
        records,
        person: person::person(&standing, judged_on),
        disaster_wish: disaster::wish(&standing),
        disaster_plans: disaster::plans(&standing, judged_on, options.yearly_clock),
        support_plans: plans::plans(&standing),
        referrals: referrals::referrals(&standing),
        entries: Vec::new(),
        merged_into: merged_into(history),
        numbers: BTreeMap::new(),
        withheld: BTreeSet::new(),
    }
}
