//! Live: one person's timeline, folded from one read of the person's streams.
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
pub use linked::{linked_inquiries, merged_cases, merged_into};
pub use order::{Occurrence, occurred_by};
pub use person::{GuardianView, Person, ProcedureView, area};
pub use plans::{Delivery, FieldChange, PlanVersion, PlanView, VersionDifference};
pub use recheck::{Recheck, RecheckCause, RecheckTrigger};
pub use referrals::ReferralView;
pub use threads::OtherOffice;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use ledger_core::event::{Event, Thing};
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
    /// Cases merged into this one that whoever reads may not open; nothing of them is told. Whoever reads says so here.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub withheld_cases: BTreeSet<ChildId>,
}

impl Timeline {
    /// The merged case in which a plan goes on, where that is not the one that goes on: what follows is recorded there.
    #[must_use]
    pub fn case_of_plan(&self, plan: &str) -> Option<&str> {
        let is_of = |event: &Event| match event.thing() {
            Some(Thing::SupportPlan(own)) => own.to_string() == plan,
            Some(Thing::DisasterPlan(own)) => own.to_string() == plan,
            Some(
                Thing::Guardian(_)
                | Thing::Referral(_)
                | Thing::HospitalStay(_)
                | Thing::Consent(_)
                | Thing::CareTeamMember(_)
                | Thing::FollowUp(_),
            )
            | None => false,
        };
        let mut of_cases = self.entries.iter().filter(|entry| entry.case.is_some());
        let step = of_cases.find(|entry| is_of(&entry.event));
        step.and_then(|entry| entry.case.as_deref())
    }

    /// Other persons whom it names, by id.
    #[must_use]
    pub fn others(&self) -> BTreeSet<ChildId> {
        let entries = self.entries.iter();
        let moved = entries.flat_map(|entry| [&entry.reassigned_to, &entry.reassigned_from]);
        let moved = moved.flatten().filter_map(|id| id.parse().ok());
        let merged = self.person.cases.iter().copied();
        moved.chain(self.merged_into).chain(merged).collect()
    }
}

/// What of a person stands in other streams than that of the case that goes on.
#[derive(Debug)]
pub struct Beside<'h, H> {
    /// The inquiries that are linked to the person: see [`linked_inquiries`].
    pub inquiries: &'h [H],
    /// The cases that were merged into the one that goes on: see [`merged_cases`].
    pub cases: &'h [H],
}

impl<H> Beside<'_, H> {
    /// Nothing.
    pub const NOTHING: Self = Self {
        inquiries: &[],
        cases: &[],
    };
}

/// Folds a person's history into a timeline.
#[must_use]
pub fn timeline(history: &History, options: TimelineOptions) -> Timeline {
    timeline_with::<History>(history, &Beside::NOTHING, options)
}

/// Folds a person's history into a timeline, with the consultations of inquiries that are linked to the
/// person, and with all that stands in merged cases.
#[must_use]
pub fn timeline_with<H: Borrow<History>>(
    history: &History,
    beside: &Beside<'_, H>,
    options: TimelineOptions,
) -> Timeline {
    let inquiries = beside.inquiries.iter().map(Borrow::borrow);
    let cases = beside.cases.iter().map(Borrow::borrow);
    let all = std::iter::once(history).chain(inquiries.clone());
    let about = amendments(all.chain(cases.clone()));
    let told = |history, is_told: fn(&Entry) -> bool| {
        let told = order::by(&order::placed(history), options.as_of).into_iter();
        told.filter(move |one| entry::is_shown(one.entry) && is_told(one.entry))
    };
    let mut shown: Vec<order::Placed<'_>> = told(history, |_| true).collect();
    shown.extend(inquiries.flat_map(|inquiry| told(inquiry, linked::is_told)));
    shown.extend(
        cases
            .clone()
            .flat_map(|case| told(case, linked::is_told_of_case)),
    );
    order::sort(&mut shown);
    let merged = merged_cases(history);
    let entries = shown.iter().map(|one| entry::view(one, &about, &merged));
    let mut entries: Vec<TimelineEntry> = entries.collect();
    care_fields::fill_in(&mut entries);
    Timeline {
        entries,
        ..state(history, &cases.collect::<Vec<_>>(), options)
    }
}

/// What stands of a person as in [`timeline`], without the entries that say how it came to be.
#[must_use]
pub fn timeline_state(history: &History, options: TimelineOptions) -> Timeline {
    state(history, &[], options)
}

/// What stands of a person whose other cases are these.
fn state(history: &History, cases: &[&History], options: TimelineOptions) -> Timeline {
    let all = || std::iter::once(history).chain(cases.iter().copied());
    let by_then = all().flat_map(|history| order::by(&order::placed(history), options.as_of));
    let standing = by_then.map(|one| one.entry);
    let mut standing: Vec<&Entry> = standing.filter(|entry| entry.stands()).collect();
    // As states of commands are folded: a step follows what was recorded before it.
    standing.sort_by_key(|entry| entry.recorded.position);
    let judged_on = options
        .as_of
        .map_or(options.today, |as_of| as_of.min(options.today));
    let records = all().flat_map(History::entries);
    let mut records: Vec<(Position, Timestamp)> = records
        .map(|entry| (entry.recorded.position, entry.recorded.recorded_at))
        .collect();
    records.sort_unstable();
    Timeline {
        as_of: options.as_of,
        as_at: options.as_at,
        today: options.today,
        position: records
            .last()
            .map(|(position, _)| *position)
            .unwrap_or_default(),
        records,
        person: person::person(&standing, merged_cases(history), judged_on),
        disaster_wish: disaster::wish(&standing),
        disaster_plans: disaster::plans(&standing, judged_on, options.yearly_clock),
        support_plans: plans::plans(&standing),
        referrals: referrals::referrals(&standing),
        entries: Vec::new(),
        merged_into: merged_into(history),
        numbers: BTreeMap::new(),
        withheld: BTreeSet::new(),
        withheld_cases: BTreeSet::new(),
    }
}
