//! Everything about one person served that a decision may ask.

use std::collections::HashSet;

use ledger_core::code::ProfileField;
use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::id::{ConsultationId, DisasterPlanId, ReferralId, SupportPlanId};
use ledger_core::time::Day;

use super::disaster_plan::{self, DisasterPlan, DisasterPlanWish, DisasterPlans};
use super::referral::{self, Referral, Referrals};
use super::support_plan::{self, SupportPlan, SupportPlans};
use super::{Happened, Profile};

/// One person served (児・者).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// Who the person is and what care they need.
    pub profile: Profile,
    consultations: HashSet<ConsultationId>,
    referrals: Referrals,
    support_plans: SupportPlans,
    disaster_plans: DisasterPlans,
}

impl Child {
    /// The day on which the centre took the person into its register.
    #[must_use]
    pub fn registered_on(&self) -> Option<Day> {
        self.profile.registered.and_then(|step| step.day())
    }

    /// The name, where it can be compared.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.profile.value(ProfileField::Name)
    }

    /// Whether a consultation is recorded here.
    #[must_use]
    pub fn has_consultation(&self, id: ConsultationId) -> bool {
        self.consultations.contains(&id)
    }

    /// Finds a referral.
    #[must_use]
    pub fn referral(&self, id: ReferralId) -> Option<&Referral> {
        self.referrals.get(&id)
    }

    /// Finds a home-living support plan.
    #[must_use]
    pub fn support_plan(&self, id: SupportPlanId) -> Option<&SupportPlan> {
        self.support_plans.get(&id)
    }

    /// Whether a home-living support plan other than `id` goes on.
    #[must_use]
    pub fn other_open_support_plan(&self, id: SupportPlanId) -> bool {
        let mut plans = self.support_plans.iter();
        plans.any(|(other, plan)| *other != id && plan.is_open())
    }

    /// Finds an individual disaster plan.
    #[must_use]
    pub fn disaster_plan(&self, id: DisasterPlanId) -> Option<&DisasterPlan> {
        self.disaster_plans.plans.get(&id)
    }

    /// Whether an individual disaster plan other than `id` goes on.
    #[must_use]
    pub fn other_open_disaster_plan(&self, id: DisasterPlanId) -> bool {
        let mut plans = self.disaster_plans.plans.iter();
        plans.any(|(other, plan)| *other != id && plan.is_open())
    }

    /// Whether any individual disaster plan goes on.
    #[must_use]
    pub fn has_open_disaster_plan(&self) -> bool {
        let mut plans = self.disaster_plans.plans.values();
        plans.any(DisasterPlan::is_open)
    }

    /// What was said last about whether there is to be a disaster plan.
    #[must_use]
    pub const fn disaster_plan_wish(&self) -> Option<DisasterPlanWish> {
        self.disaster_plans.wish
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        match happened.event {
            Event::Profile(event) => self.profile.evolve(event, happened),
            Event::Consultation(event) => self.consultation(event),
            Event::Referral(event) => referral::evolve(&mut self.referrals, event, happened),
            Event::SupportPlan(event) => {
                support_plan::evolve(&mut self.support_plans, event, happened);
            },
            Event::DisasterPlan(event) => {
                disaster_plan::evolve(&mut self.disaster_plans, event, happened);
            },
            Event::Case(_)
            | Event::Hospital(_)
            | Event::Consent(_)
            | Event::CareTeam(_)
            | Event::FollowUp(_)
            | Event::FamilyVoice(_)
            | Event::Correction(_)
            | Event::Facility(_)
            | Event::Trainee(_)
            | Event::Programme(_)
            | Event::Organisation(_)
            | Event::Finance(_)
            | Event::Committee(_)
            | Event::Request(_)
            | Event::Audit(_)
            | Event::Account(_)
            | Event::Approval(_)
            | Event::Access(_) => {},
        }
    }

    fn consultation(&mut self, event: &ConsultationEvent) {
        match event {
            ConsultationEvent::Recorded(recorded) => {
                self.consultations.insert(recorded.consultation);
            },
            ConsultationEvent::InquiryLinked(linked) => {
                self.consultations.insert(linked.consultation);
            },
            ConsultationEvent::InquiryUnlinked(unlinked) => {
                self.consultations.remove(&unlinked.consultation);
            },
        }
    }
}
