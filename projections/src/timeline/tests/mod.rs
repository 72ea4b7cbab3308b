//! One person's story, for the tests of the timeline.

use ledger_core::code::{CareProcedure, DisasterPlanEnd, Office, ProfileField};
use ledger_core::event::{
    CareProcedureStarted, DisasterPlanAgreed, DisasterPlanChecked, DisasterPlanDrafted,
    DisasterPlanEnded, DisasterPlanEvent, GuardianDetail, ProfileChanged, ProfileEvent,
};
use ledger_core::id::{ChildId, DisasterPlanId, EventId, GuardianId, StreamName};
use ledger_core::private::Private;
use ledger_core::time::Day;
use uuid::Uuid;

use super::*;
pub(super) use crate::story::day;

mod care_fields;
mod merged;
mod plans;
mod referrals;
mod threads;

const PLAN: DisasterPlanId = DisasterPlanId::new(Uuid::from_u128(2));
const NOTHING: Private<Option<String>> = Private::Open(None);

fn text(text: &str) -> Private<Option<String>> {
    Private::Open(Some(text.to_owned()))
}

/// What happened to one person.
pub(super) struct Story(crate::story::Story);

impl Default for Story {
    fn default() -> Self {
        let child = ChildId::new(Uuid::from_u128(1));
        Self(crate::story::Story::of(StreamName::child(child)))
    }
}

impl Story {
    pub(super) fn timeline(&self, today: Day) -> Timeline {
        let options = TimelineOptions {
            as_of: None,
            as_at: None,
            today,
            yearly_clock: YearlyClock::PROPOSED,
        };
        timeline(&self.0.history, options)
    }

    pub(super) fn as_of(&self, on: &str) -> Timeline {
        let options = TimelineOptions {
            as_of: Some(day(on)),
            as_at: None,
            today: day("2024-04-01"),
            yearly_clock: YearlyClock::PROPOSED,
        };
        timeline(&self.0.history, options)
    }

    pub(super) fn plan_drafted(&mut self, on: &str) {
        let drafted = DisasterPlanDrafted {
            plan: PLAN,
            number: None,
            office: Office::Centre,
            area: None,
            out_of_area: None,
            rule: "ventilator-disaster-plan@1".to_owned(),
            method: None,
            result: None,
            next_due: None,
            plan_text: NOTHING,
            issues: NOTHING,
            staff: NOTHING,
        };
        self.0.add(on, DisasterPlanEvent::Drafted(drafted));
    }

    fn version_agreed(&mut self, on: &str, version: u32) {
        let agreed = DisasterPlanAgreed {
            plan: PLAN,
            version,
            agreed_by: NOTHING,
        };
        self.0.add(on, DisasterPlanEvent::Agreed(agreed));
    }

    pub(super) fn plan_agreed(&mut self, on: &str) {
        self.plan_drafted(on);
        self.version_agreed(on, 1);
    }

    pub(super) fn verified(&mut self, on: &str) {
        let checked = DisasterPlanChecked {
            plan: PLAN,
            method: None,
            result: None,
            next_due: None,
            guardian_present: None,
            person_present: None,
            participants: NOTHING,
            issues: NOTHING,
            staff: NOTHING,
        };
        self.0.add(on, DisasterPlanEvent::Verified(checked));
    }

    pub(super) fn plan_ended(&mut self, on: &str) {
        let ended = DisasterPlanEnded {
            plan: PLAN,
            reason: DisasterPlanEnd::Moved,
            note: NOTHING,
        };
        self.0.add(on, DisasterPlanEvent::Ended(ended));
    }

    pub(super) fn procedure_started(&mut self, on: &str, procedure: CareProcedure) -> EventId {
        let started = CareProcedureStarted {
            procedure,
            hours_per_day: None,
            device: NOTHING,
        };
        self.0.add(on, ProfileEvent::ProcedureStarted(started))
    }

    pub(super) fn changed(&mut self, on: &str, field: ProfileField) {
        let changed = ProfileChanged {
            field,
            area: None,
            birth_month: None,
            old: NOTHING,
            new: NOTHING,
        };
        self.0.add(on, ProfileEvent::Changed(changed));
    }

    pub(super) fn guardian_added(&mut self, on: &str) {
        let detail = GuardianDetail {
            guardian: GuardianId::new(Uuid::from_u128(9)),
            contact_only: false,
            name: NOTHING,
            relation: NOTHING,
            contact: NOTHING,
        };
        self.0.add(on, ProfileEvent::GuardianAdded(detail));
    }
}
