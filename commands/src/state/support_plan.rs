//! A home-living support plan over its versions.

use std::collections::BTreeMap;

use ledger_core::event::SupportPlanEvent;
use ledger_core::id::{EventId, SupportPlanId};
use ledger_core::time::Day;

use super::{Happened, Step};

/// One version of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportPlanVersion {
    /// When it was written.
    pub made: Step,
    /// When the family agreed to it.
    pub agreed: Option<Step>,
    /// When its sections were written last.
    pub sections: Option<Step>,
    /// The event by which it says what it says: that of the version, later that of its sections.
    pub latest: EventId,
    /// When it was explained to the family last.
    pub explained: Option<Step>,
}

impl SupportPlanVersion {
    const fn made(made: Step) -> Self {
        Self {
            made,
            agreed: None,
            sections: None,
            latest: made.event,
            explained: None,
        }
    }

    fn is_orderly(&self) -> bool {
        let later = [self.agreed, self.sections, self.explained];
        let mut later = later.into_iter().flatten().filter_map(|step| step.day());
        later.all(|day| self.made.day() <= Some(day))
    }
}

/// A home-living support plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportPlan {
    /// Its register number.
    pub number: Option<String>,
    /// When somebody asked for it.
    pub requested: Option<Step>,
    /// Its versions, from 1.
    pub versions: BTreeMap<u32, SupportPlanVersion>,
    /// When those around the person met about it last.
    pub conference: Option<Step>,
    /// When it was looked at in use last.
    pub monitored: Option<Step>,
    /// When the person left hospital with it.
    pub discharged: Option<Step>,
    /// When it ended, or a support specialist went on with it.
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

    /// When it began: by a request, or by its first version.
    #[must_use]
    pub fn begun(&self) -> Option<Step> {
        let drafted = self.versions.values().next().map(|version| version.made);
        self.requested.or(drafted)
    }

    /// Whether the family agreed to any version.
    #[must_use]
    pub fn ever_agreed(&self) -> bool {
        let mut versions = self.versions.values();
        versions.any(|version| version.agreed.is_some())
    }

    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whether no version lies before the one it rests on, and no other step before its version
    /// or the plan's beginning.
    pub(crate) fn is_orderly(&self) -> bool {
        let requested = self.requested.into_iter();
        let made = requested.chain(self.versions.values().map(|version| version.made));
        let versions = self.versions.values().all(SupportPlanVersion::is_orderly);
        let begun = self.begun().and_then(|step| step.day());
        let mut met = [self.conference, self.monitored].into_iter().flatten();
        made.filter_map(|step| step.day()).is_sorted()
            && versions
            && met.all(|step| step.day().is_none_or(|day| begun <= Some(day)))
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let versions = self.versions.values();
        let steps = versions.flat_map(|version| {
            [
                Some(version.made),
                version.agreed,
                version.sections,
                version.explained,
            ]
        });
        let steps = steps.chain([self.requested, self.conference, self.monitored]);
        let steps = steps.chain([self.discharged, self.closed]);
        steps.flatten().filter_map(|step| step.day()).max()
    }
}

/// A person's home-living support plans.
pub(super) type SupportPlans = BTreeMap<SupportPlanId, SupportPlan>;

/// Takes an event in; a step of a plan that does not stand changes nothing.
pub(super) fn evolve(plans: &mut SupportPlans, event: &SupportPlanEvent, happened: &Happened<'_>) {
    let step = happened.step();
    let Some(id) = event.plan() else {
        return;
    };
    match event {
        SupportPlanEvent::Requested(_) => {
            plans.entry(id).or_default().requested = Some(step);
        },
        SupportPlanEvent::Drafted(drafted) => {
            let made = SupportPlanVersion::made(step);
            let plan = plans.entry(id).or_default();
            plan.number.clone_from(&drafted.number);
            plan.versions.insert(1, made);
        },
        SupportPlanEvent::Agreed(_)
        | SupportPlanEvent::Revised(_)
        | SupportPlanEvent::Delivered(_)
        | SupportPlanEvent::Closed(_)
        | SupportPlanEvent::Discharged(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::ConferenceHeld(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::HandedOver(_) => {
            if let Some(plan) = plans.get_mut(&id) {
                plan.take(event, happened);
            }
        },
    }
}

impl SupportPlan {
    fn take(&mut self, event: &SupportPlanEvent, happened: &Happened<'_>) {
        let step = happened.step();
        match event {
            // The two that begin a plan; and handing a version out changes nothing of it.
            SupportPlanEvent::Requested(_)
            | SupportPlanEvent::Drafted(_)
            | SupportPlanEvent::Delivered(_) => {},
            SupportPlanEvent::Revised(revised) => {
                let made = SupportPlanVersion::made(step);
                self.versions.insert(revised.version, made);
            },
            SupportPlanEvent::Agreed(agreed) => {
                self.of_version(agreed.version, |version| version.agreed = Some(step));
            },
            SupportPlanEvent::SectionsWritten(written) => {
                self.of_version(written.version, |version| {
                    version.sections = Some(step);
                    version.latest = happened.latest;
                });
            },
            SupportPlanEvent::Explained(explained) => {
                self.of_version(explained.version, |version| version.explained = Some(step));
            },
            SupportPlanEvent::ConferenceHeld(_) => self.conference = Some(step),
            SupportPlanEvent::Monitored(_) => self.monitored = Some(step),
            SupportPlanEvent::Discharged(_) => self.discharged = Some(step),
            SupportPlanEvent::Closed(_) | SupportPlanEvent::HandedOver(_) => {
                self.closed = Some(step);
            },
        }
    }

    fn of_version(&mut self, version: u32, change: impl Fn(&mut SupportPlanVersion)) {
        if let Some(version) = self.versions.get_mut(&version) {
            change(version);
        }
    }
}
