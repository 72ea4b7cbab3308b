//! Everything about one person served that a decision may ask.

use ledger_core::code::ProfileField;
use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::id::{ConsultationId, DisasterPlanId, ReferralId, SupportPlanId};
use ledger_core::time::Day;

use super::disaster_plan::{self, DisasterPlan, DisasterPlans};
use super::marks::{Marks, mark_of};
use super::referral::{self, Referral, Referrals};
use super::support_plan::{self, SupportPlan, SupportPlans};
use super::{Happened, Profile};

/// One person served (児・者).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// Who the person is and what care they need.
    pub profile: Profile,
    consultations: Marks<u64>,
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
        self.consultations.contains(mark_of(id.uuid()))
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
        self.disaster_plans.get(&id)
    }

    /// Whether an individual disaster plan other than `id` goes on.
    #[must_use]
    pub fn other_open_disaster_plan(&self, id: DisasterPlanId) -> bool {
        let mut plans = self.disaster_plans.iter();
        plans.any(|(other, plan)| *other != id && plan.is_open())
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        match happened.event {
            Event::Profile(event) => self.profile.evolve(event, happened),
            Event::Consultation(ConsultationEvent::Recorded(recorded)) => {
                self.consultations
                    .insert(mark_of(recorded.consultation.uuid()));
            },
            Event::Referral(event) => referral::evolve(&mut self.referrals, event, happened),
            Event::SupportPlan(event) => {
                support_plan::evolve(&mut self.support_plans, event, happened);
            },
            Event::DisasterPlan(event) => {
                disaster_plan::evolve(&mut self.disaster_plans, event, happened);
            },
            Event::Correction(_)
            | Event::Facility(_)
            | Event::Trainee(_)
            | Event::Programme(_)
            | Event::Access(_) => {},
        }
    }
}
