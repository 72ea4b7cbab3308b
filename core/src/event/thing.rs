//! What an event is a step of: something that goes on over several events.

use super::{
    ConsentEvent, DisasterPlanEvent, Event, FollowUpEvent, HospitalEvent, ProfileEvent,
    ReferralEvent, SupportPlanEvent,
};
use crate::id::{
    CareTeamMemberId, ConsentId, DisasterPlanId, FollowUpId, GuardianId, HospitalStayId,
    ReferralId, SupportPlanId,
};

/// Something in a person's stream that goes on over several events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A guardian or contact.
    Guardian(GuardianId),
    /// A referral.
    Referral(ReferralId),
    /// A home-living support plan.
    SupportPlan(SupportPlanId),
    /// An individual disaster plan.
    DisasterPlan(DisasterPlanId),
    /// A stay in hospital.
    HospitalStay(HospitalStayId),
    /// A consent.
    Consent(ConsentId),
    /// A member of the care team.
    CareTeamMember(CareTeamMemberId),
    /// A promised next step.
    FollowUp(FollowUpId),
}

impl Event {
    /// What this event is a step of, if it is one of several in a person's stream.
    #[must_use]
    pub const fn thing(&self) -> Option<Thing> {
        match self {
            Self::Profile(event) => guardian(event),
            Self::Referral(event) => Some(Thing::Referral(event.referral())),
            Self::SupportPlan(event) => match event.plan() {
                Some(plan) => Some(Thing::SupportPlan(plan)),
                None => None,
            },
            Self::DisasterPlan(event) => match event.plan() {
                Some(plan) => Some(Thing::DisasterPlan(plan)),
                None => None,
            },
            Self::Hospital(event) => Some(Thing::HospitalStay(event.stay())),
            Self::Consent(event) => match event.consent() {
                Some(consent) => Some(Thing::Consent(consent)),
                None => None,
            },
            Self::CareTeam(event) => match event.member() {
                Some(member) => Some(Thing::CareTeamMember(member)),
                None => None,
            },
            Self::FollowUp(event) => Some(Thing::FollowUp(event.follow_up())),
            Self::Consultation(_)
            | Self::Case(_)
            | Self::FamilyVoice(_)
            | Self::Correction(_)
            | Self::Facility(_)
            | Self::Trainee(_)
            | Self::Programme(_)
            | Self::Organisation(_)
            | Self::Finance(_)
            | Self::Committee(_)
            | Self::Request(_)
            | Self::Audit(_)
            | Self::Account(_)
            | Self::Approval(_)
            | Self::Access(_) => None,
        }
    }

    /// Whether this event begins its thing, so that the thing's other events cannot stand without it.
    #[must_use]
    pub const fn begins(&self) -> bool {
        matches!(
            self,
            Self::Profile(ProfileEvent::GuardianAdded(_))
                | Self::Referral(ReferralEvent::Made(_))
                | Self::SupportPlan(SupportPlanEvent::Drafted(_) | SupportPlanEvent::Requested(_))
                | Self::DisasterPlan(DisasterPlanEvent::Drafted(_))
                | Self::Hospital(HospitalEvent::Started(_))
                | Self::Consent(ConsentEvent::Given(_))
                | Self::CareTeam(super::CareTeamEvent::Joined(_))
                | Self::FollowUp(FollowUpEvent::Scheduled(_))
        )
    }
}

const fn guardian(event: &ProfileEvent) -> Option<Thing> {
    match event {
        ProfileEvent::GuardianAdded(it) | ProfileEvent::GuardianChanged(it) => {
            Some(Thing::Guardian(it.guardian))
        },
        ProfileEvent::GuardianRemoved(it) => Some(Thing::Guardian(it.guardian)),
        ProfileEvent::Registered(_)
        | ProfileEvent::Changed(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::ProcedureStarted(_)
        | ProfileEvent::ProcedureEnded(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => None,
    }
}

impl ReferralEvent {
    /// The referral that it is about.
    #[must_use]
    pub const fn referral(&self) -> ReferralId {
        match self {
            Self::Made(it) => it.referral,
            Self::Received(it) => it.referral,
            Self::Accepted(it) => it.referral,
            Self::Declined(it) => it.referral,
            Self::Completed(it) => it.referral,
            Self::FeedbackReceived(it) => it.referral,
            Self::Withdrawn(it) => it.referral,
            Self::Redirected(it) => it.referral,
            Self::Reminded(it) => it.referral,
            Self::InformationRequested(it) => it.referral,
            Self::InformationAnswered(it) => it.referral,
            Self::ProgressReported(it) => it.referral,
            Self::Reopened(it) => it.referral,
            Self::Escalated(it) => it.referral,
        }
    }
}

impl SupportPlanEvent {
    /// The plan that it is about; a discharge may be about none.
    #[must_use]
    pub const fn plan(&self) -> Option<SupportPlanId> {
        match self {
            Self::Drafted(it) => Some(it.plan),
            Self::Agreed(it) => Some(it.plan),
            Self::Revised(it) => Some(it.plan),
            Self::Delivered(it) => Some(it.plan),
            Self::Closed(it) => Some(it.plan),
            Self::Discharged(it) => it.plan,
            Self::Requested(it) => Some(it.plan),
            Self::SectionsWritten(it) => Some(it.plan),
            Self::ConferenceHeld(it) => Some(it.plan),
            Self::Explained(it) => Some(it.plan),
            Self::Monitored(it) => Some(it.plan),
            Self::HandedOver(it) => Some(it.plan),
        }
    }
}

impl DisasterPlanEvent {
    /// The plan that it is about; a need, or none wanted, is about none.
    #[must_use]
    pub const fn plan(&self) -> Option<DisasterPlanId> {
        match self {
            Self::Drafted(it) => Some(it.plan),
            Self::Agreed(it) => Some(it.plan),
            Self::Verified(it) | Self::ReviewedInternally(it) => Some(it.plan),
            Self::Revised(it) => Some(it.plan),
            Self::Transferred(it) => Some(it.plan),
            Self::Ended(it) => Some(it.plan),
            Self::SectionsWritten(it) => Some(it.plan),
            Self::Used(it) => Some(it.plan),
            Self::NeedIdentified(_) | Self::NotWanted(_) => None,
        }
    }
}

impl HospitalEvent {
    /// The stay that it is about.
    #[must_use]
    pub const fn stay(&self) -> HospitalStayId {
        match self {
            Self::Started(it) => it.stay,
            Self::NoticeReceived(it) => it.stay,
            Self::DateSet(it) => it.stay,
        }
    }
}

impl ConsentEvent {
    /// The consent that it is a step of; a sharing stands for itself.
    #[must_use]
    pub const fn consent(&self) -> Option<ConsentId> {
        match self {
            Self::Given(it) => Some(it.consent),
            Self::Withdrawn(it) => Some(it.consent),
            Self::Refused(it) => Some(it.consent),
            Self::Shared(_) => None,
        }
    }
}

impl super::CareTeamEvent {
    /// The member that it is about; an account in charge is none.
    #[must_use]
    pub const fn member(&self) -> Option<CareTeamMemberId> {
        match self {
            Self::Joined(it) => Some(it.member),
            Self::Left(it) => Some(it.member),
            Self::StaffAssigned(_) | Self::StaffUnassigned(_) | Self::EmergencyAccess(_) => None,
        }
    }
}

impl FollowUpEvent {
    /// The follow-up that it is about.
    #[must_use]
    pub const fn follow_up(&self) -> FollowUpId {
        match self {
            Self::Scheduled(it) => it.follow_up,
            Self::Done(it) => it.follow_up,
            Self::Cancelled(it) => it.follow_up,
        }
    }
}
