//! Everything about one person served that a decision may ask.

use ledger_core::code::ProfileField;
use ledger_core::event::{ConsultationEvent, Event, ProfileEvent, SupportPlanEvent};
use ledger_core::id::{
    ChildId, ConsultationId, DisasterPlanId, FollowUpId, HospitalStayId, ReferralId, SupportPlanId,
};
use ledger_core::time::Day;

use super::disaster_plan::{self, DisasterPlan, DisasterPlanWish, DisasterPlans};
use super::follow_up::{self, FollowUp, FollowUps};
use super::hospital::{self, HospitalStay, HospitalStays};
use super::marks::{Marks, mark_of};
use super::referral::{self, Referral, Referrals};
use super::support_plan::{self, SupportPlan, SupportPlans};
use super::{CareTeam, Case, Consents, Happened, OpenKind, OpenThing, OtherCases, Profile};

/// One person served (児・者).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// Who the person is and what care they need.
    pub profile: Profile,
    /// The case as a whole.
    pub case: Case,
    /// What may be shared, and what was.
    pub consents: Consents,
    /// The people around the person.
    pub care_team: CareTeam,
    /// What the other cases of a merged person say; nothing where it was not asked.
    pub others: OtherCases,
    id: Option<ChildId>,
    consultations: Marks<u64>,
    referrals: Referrals,
    support_plans: SupportPlans,
    disaster_plans: DisasterPlans,
    hospital_stays: HospitalStays,
    follow_ups: FollowUps,
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

    /// The home-living support plan that was asked for and not begun, where there is exactly one.
    #[must_use]
    pub fn requested_support_plan(&self) -> Option<SupportPlanId> {
        let plans = self.support_plans.iter();
        let mut asked = plans.filter(|(_, plan)| plan.is_open() && plan.latest() == 0);
        let (id, _) = asked.next()?;
        asked.next().is_none().then_some(*id)
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

    /// Finds a stay in hospital.
    #[must_use]
    pub fn hospital_stay(&self, id: HospitalStayId) -> Option<&HospitalStay> {
        self.hospital_stays.get(&id)
    }

    /// The stay in hospital that goes on.
    #[must_use]
    pub fn open_hospital_stay(&self) -> Option<&HospitalStay> {
        self.hospital_stays.values().find(|stay| stay.is_open())
    }

    /// Finds a promised next step.
    #[must_use]
    pub fn follow_up(&self, id: FollowUpId) -> Option<&FollowUp> {
        self.follow_ups.get(&id)
    }

    /// Whether any home-living support plan goes on.
    #[must_use]
    pub fn has_open_support_plan(&self) -> bool {
        self.support_plans.values().any(SupportPlan::is_open)
    }

    /// Whether any individual disaster plan goes on.
    #[must_use]
    pub fn has_open_disaster_plan(&self) -> bool {
        self.disaster_plans
            .plans
            .values()
            .any(DisasterPlan::is_open)
    }

    /// How many home-living support plans and how many individual disaster plans go on; commands
    /// open no second one of either.
    #[must_use]
    pub fn open_plans(&self) -> [usize; 2] {
        let support = self.support_plans.values();
        let disaster = self.disaster_plans.plans.values();
        [
            support.filter(|plan| plan.is_open()).count(),
            disaster.filter(|plan| plan.is_open()).count(),
        ]
    }

    /// The referrals, plans, stays in hospital and promised next steps that are open.
    #[must_use]
    pub fn open_things(&self) -> Vec<OpenThing> {
        let mut open = Vec::new();
        for (id, it) in self.referrals.iter().filter(|(_, it)| it.is_open()) {
            let number = it.number.as_deref();
            open.push(OpenThing::new(OpenKind::Referral, id.uuid(), number));
        }
        for (id, it) in self.support_plans.iter().filter(|(_, it)| it.is_open()) {
            let number = it.number.as_deref();
            open.push(OpenThing::new(OpenKind::SupportPlan, id.uuid(), number));
        }
        let plans = self.disaster_plans.plans.iter();
        for (id, it) in plans.filter(|(_, it)| it.is_open()) {
            let number = it.number.as_deref();
            open.push(OpenThing::new(OpenKind::DisasterPlan, id.uuid(), number));
        }
        for (id, _) in self.hospital_stays.iter().filter(|(_, it)| it.is_open()) {
            open.push(OpenThing::new(OpenKind::HospitalStay, id.uuid(), None));
        }
        for (id, _) in self.follow_ups.iter().filter(|(_, it)| it.is_open()) {
            open.push(OpenThing::new(OpenKind::FollowUp, id.uuid(), None));
        }
        open
    }

    /// What was said last about whether there is to be a disaster plan.
    #[must_use]
    pub const fn disaster_plan_wish(&self) -> Option<DisasterPlanWish> {
        self.disaster_plans.wish
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        match happened.event {
            Event::Profile(event) => {
                if let ProfileEvent::Registered(registered) = event {
                    self.id = Some(registered.child);
                }
                self.profile.evolve(event, happened);
            },
            Event::Case(event) => self.case.evolve(event, self.id, happened.step()),
            Event::Hospital(event) => hospital::evolve(&mut self.hospital_stays, event, happened),
            Event::Consent(event) => self.consents.evolve(event, happened),
            Event::CareTeam(event) => self.care_team.evolve(event, happened),
            Event::FollowUp(event) => follow_up::evolve(&mut self.follow_ups, event, happened),
            Event::Consultation(event) => self.consultation(event),
            Event::Referral(event) => referral::evolve(&mut self.referrals, event, happened),
            Event::SupportPlan(event) => {
                if matches!(event, SupportPlanEvent::Discharged(_)) {
                    hospital::discharged(&mut self.hospital_stays, happened.step());
                }
                support_plan::evolve(&mut self.support_plans, event, happened);
            },
            Event::DisasterPlan(event) => {
                disaster_plan::evolve(&mut self.disaster_plans, event, happened);
            },
            Event::FamilyVoice(_)
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
                self.consultations
                    .insert(mark_of(recorded.consultation.uuid()));
            },
            ConsultationEvent::InquiryLinked(linked) => {
                self.consultations
                    .insert(mark_of(linked.consultation.uuid()));
            },
            ConsultationEvent::InquiryUnlinked(unlinked) => {
                self.consultations
                    .remove(mark_of(unlinked.consultation.uuid()));
            },
        }
    }
}
