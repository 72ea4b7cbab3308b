//! An individual disaster plan over its versions, with the office that supports it.

use std::collections::BTreeMap;

use ledger_core::code::{Area, Office};
use ledger_core::event::DisasterPlanEvent;
use ledger_core::id::{DisasterPlanId, EventId};
use ledger_core::time::Day;

use super::{Happened, Step};

/// One version of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisasterPlanVersion {
    /// When it was written.
    pub made: Step,
    /// When the family agreed to it.
    pub agreed: Option<Step>,
    /// When its sections were written last.
    pub sections: Option<Step>,
    /// The event by which it says what it says: that of the version, later that of its sections.
    pub latest: EventId,
}

impl DisasterPlanVersion {
    const fn made(made: Step) -> Self {
        Self {
            made,
            agreed: None,
            sections: None,
            latest: made.event,
        }
    }

    fn is_orderly(&self) -> bool {
        let later = [self.agreed, self.sections].into_iter().flatten();
        let mut later = later.filter_map(|step| step.day());
        later.all(|day| self.made.day() <= Some(day))
    }
}

/// An individual disaster plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisasterPlan {
    /// Its register number.
    pub number: Option<String>,
    /// The office that supports it now.
    pub office: Office,
    /// The district centre's area, where it is one.
    pub area: Option<Area>,
    /// Its versions, from 1.
    pub versions: BTreeMap<u32, DisasterPlanVersion>,
    /// The last verification with a guardian or the person.
    pub verified: Option<Step>,
    /// When it ended.
    pub ended: Option<Step>,
}

impl DisasterPlan {
    /// The newest version's number; 0 when there is none.
    #[must_use]
    pub fn latest(&self) -> u32 {
        self.versions
            .last_key_value()
            .map_or(0, |(version, _)| *version)
    }

    /// The newest version.
    #[must_use]
    pub fn newest(&self) -> Option<&DisasterPlanVersion> {
        self.versions.last_key_value().map(|(_, version)| version)
    }

    /// When the first version was written.
    #[must_use]
    pub fn drafted(&self) -> Option<Step> {
        self.versions
            .first_key_value()
            .map(|(_, version)| version.made)
    }

    /// Whether the family agreed to any version.
    #[must_use]
    pub fn ever_agreed(&self) -> bool {
        self.versions
            .values()
            .any(|version| version.agreed.is_some())
    }

    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether no version, agreement, verification or end lies before what it follows.
    pub(crate) fn is_orderly(&self) -> bool {
        let made = self
            .versions
            .values()
            .filter_map(|version| version.made.day());
        let agreed = self.versions.values().all(DisasterPlanVersion::is_orderly);
        let drafted = self.drafted().and_then(|step| step.day());
        let later = [self.verified, self.ended].into_iter().flatten();
        let later = later.filter_map(|step| step.day());
        made.is_sorted() && agreed && later.min().is_none_or(|day| drafted <= Some(day))
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let versions = self.versions.values();
        let steps =
            versions.flat_map(|version| [Some(version.made), version.agreed, version.sections]);
        let steps = steps.chain([self.verified, self.ended]);
        steps.flatten().filter_map(|step| step.day()).max()
    }
}

/// What the centre and the family settled about whether there is to be a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisasterPlanWish {
    /// The person needs one, and this office is to support it.
    Needed {
        /// The office.
        office: Office,
        /// The district centre's area, where it is one.
        area: Option<Area>,
        /// When it was said.
        step: Step,
    },
    /// The family does not want one now.
    NotWanted(Step),
}

/// A person's individual disaster plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DisasterPlans {
    /// The plans.
    pub(super) plans: BTreeMap<DisasterPlanId, DisasterPlan>,
    /// What was said last about whether there is to be one.
    pub(super) wish: Option<DisasterPlanWish>,
}

/// Takes an event in; a step of a plan that does not stand changes nothing.
pub(super) fn evolve(
    known: &mut DisasterPlans,
    event: &DisasterPlanEvent,
    happened: &Happened<'_>,
) {
    let step = happened.step();
    match event {
        DisasterPlanEvent::NeedIdentified(need) => {
            known.wish = Some(DisasterPlanWish::Needed {
                office: need.office,
                area: need.area,
                step,
            });
        },
        DisasterPlanEvent::NotWanted(_) => known.wish = Some(DisasterPlanWish::NotWanted(step)),
        DisasterPlanEvent::Drafted(drafted) => {
            let plan = DisasterPlan {
                number: drafted.number.clone(),
                office: drafted.office,
                area: drafted.area,
                versions: BTreeMap::from([(1, DisasterPlanVersion::made(step))]),
                verified: None,
                ended: None,
            };
            known.plans.insert(drafted.plan, plan);
        },
        DisasterPlanEvent::Agreed(_)
        | DisasterPlanEvent::Verified(_)
        | DisasterPlanEvent::ReviewedInternally(_)
        | DisasterPlanEvent::Revised(_)
        | DisasterPlanEvent::Transferred(_)
        | DisasterPlanEvent::Ended(_)
        | DisasterPlanEvent::SectionsWritten(_)
        | DisasterPlanEvent::Used(_) => {
            let plan = event.plan().and_then(|plan| known.plans.get_mut(&plan));
            if let Some(plan) = plan {
                plan.take(event, happened);
            }
        },
    }
}

impl DisasterPlan {
    fn take(&mut self, event: &DisasterPlanEvent, happened: &Happened<'_>) {
        let step = happened.step();
        match event {
            // Those that are about no plan or begin one, and those that change nothing of it.
            DisasterPlanEvent::NeedIdentified(_)
            | DisasterPlanEvent::NotWanted(_)
            | DisasterPlanEvent::Drafted(_)
            | DisasterPlanEvent::ReviewedInternally(_)
            | DisasterPlanEvent::Used(_) => {},
            DisasterPlanEvent::Revised(revised) => {
                let made = DisasterPlanVersion::made(step);
                self.versions.insert(revised.version, made);
            },
            DisasterPlanEvent::Agreed(agreed) => {
                if let Some(version) = self.versions.get_mut(&agreed.version) {
                    version.agreed = Some(step);
                }
            },
            DisasterPlanEvent::SectionsWritten(written) => {
                if let Some(version) = self.versions.get_mut(&written.version) {
                    version.sections = Some(step);
                    version.latest = happened.latest;
                }
            },
            DisasterPlanEvent::Verified(_) => self.verified = Some(step),
            DisasterPlanEvent::Transferred(transferred) => {
                self.office = transferred.to;
                self.area = transferred.area;
            },
            DisasterPlanEvent::Ended(_) => self.ended = Some(step),
        }
    }
}
