//! A home-living support plan over its versions.

use std::collections::BTreeMap;

use ledger_core::event::SupportPlanEvent;
use ledger_core::id::SupportPlanId;
use ledger_core::time::Day;

use super::{Happened, Step};

/// One version of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportPlanVersion {
    /// When it was written.
    pub made: Step,
    /// When the family agreed to it.
    pub agreed: Option<Step>,
}

impl SupportPlanVersion {
    fn is_orderly(&self) -> bool {
        let agreed = self.agreed.and_then(|step| step.day());
        agreed.is_none() || self.made.day() <= agreed
    }
}

/// A home-living support plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportPlan {
    /// Its versions, from 1.
    pub versions: BTreeMap<u32, SupportPlanVersion>,
    /// When the person left hospital with it.
    pub discharged: Option<Step>,
    /// When it ended.
    pub closed: Option<Step>,
}

impl SupportPlan {
    /// The newest version's number; 0 when there is none.
    #[must_use]
    pub fn latest(&self) -> u32 {
        self.versions
            .last_key_value()
            .map_or(0, |(version, _)| *version)
    }

    /// The newest version.
    #[must_use]
    pub fn newest(&self) -> Option<&SupportPlanVersion> {
        self.versions.last_key_value().map(|(_, version)| version)
    }

    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whether no version lies before the one it rests on, and no agreement before its version.
    pub(crate) fn is_orderly(&self) -> bool {
        let made = self
            .versions
            .values()
            .filter_map(|version| version.made.day());
        let agreed = self.versions.values().all(SupportPlanVersion::is_orderly);
        made.is_sorted() && agreed
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let versions = self.versions.values();
        let steps = versions.flat_map(|version| [Some(version.made), version.agreed]);
        let steps = steps.chain([self.discharged, self.closed]);
        steps.flatten().filter_map(|step| step.day()).max()
    }
}

/// A person's home-living support plans.
pub(super) type SupportPlans = BTreeMap<SupportPlanId, SupportPlan>;

/// Takes an event in; a step of a plan that does not stand changes nothing.
pub(super) fn evolve(plans: &mut SupportPlans, event: &SupportPlanEvent, happened: &Happened<'_>) {
    let step = happened.step();
    let made = SupportPlanVersion {
        made: step,
        agreed: None,
    };
    let Some(id) = event.plan() else {
        return;
    };
    if let SupportPlanEvent::Drafted(_) = event {
        plans.entry(id).or_default().versions.insert(1, made);
        return;
    }
    let Some(plan) = plans.get_mut(&id) else {
        return;
    };
    match event {
        SupportPlanEvent::Drafted(_)
        | SupportPlanEvent::Delivered(_)
        | SupportPlanEvent::Requested(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::ConferenceHeld(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::HandedOver(_) => {},
        SupportPlanEvent::Revised(revised) => drop(plan.versions.insert(revised.version, made)),
        SupportPlanEvent::Agreed(agreed) => {
            if let Some(version) = plan.versions.get_mut(&agreed.version) {
                version.agreed = Some(step);
            }
        },
        SupportPlanEvent::Closed(_) => plan.closed = Some(step),
        SupportPlanEvent::Discharged(_) => plan.discharged = Some(step),
    }
}
