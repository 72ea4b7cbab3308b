//! Facts from a child's or an inquiry's stream.

use ledger_core::event::{
    ConsultationEvent, DisasterPlanEvent, ProfileEvent, ReferralEvent, SupportPlanEvent,
};
use ledger_core::time::Occurred;

use super::fact::{Fact, Kind};

pub(super) fn profile(event: &ProfileEvent) -> Vec<Fact> {
    match event {
        ProfileEvent::Registered(registered) => {
            let mut known = Fact::about(Kind::PersonKnown, registered.child);
            known.detail.clone_from(&registered.number);
            vec![known]
        },
        ProfileEvent::ProcedureStarted(started) => {
            vec![Fact::about(Kind::ProcedureStarted, started.procedure)]
        },
        ProfileEvent::ProcedureEnded(ended) => {
            vec![Fact::about(Kind::ProcedureEnded, ended.procedure)]
        },
        ProfileEvent::MobilityAssessed(assessed) => {
            vec![Fact::about(Kind::Mobility, "mobility").valued(assessed.movable())]
        },
        ProfileEvent::Changed(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => Vec::new(),
    }
}

pub(super) fn consultation(event: &ConsultationEvent, occurred: Occurred) -> Vec<Fact> {
    match event {
        ConsultationEvent::Recorded(recorded) => {
            let mut fact = Fact::about(Kind::Consultation, recorded.consultation);
            fact.minute = occurred.time_of_day().map(minute_of_day);
            vec![fact]
        },
        ConsultationEvent::InquiryLinked(_) | ConsultationEvent::InquiryUnlinked(_) => Vec::new(),
    }
}

fn minute_of_day(time: ledger_core::time::TimeOfDay) -> i64 {
    let midnight = ledger_core::time::TimeOfDay::MIN;
    time.signed_duration_since(midnight).num_minutes()
}

pub(super) fn referral(event: &ReferralEvent) -> Vec<Fact> {
    let fact = match event {
        ReferralEvent::Made(made) => Fact::about(Kind::ReferralMade, made.referral),
        ReferralEvent::Received(step) => Fact::about(Kind::ReferralReceived, step.referral),
        ReferralEvent::Accepted(step) => Fact::about(Kind::ReferralAccepted, step.referral),
        ReferralEvent::Declined(step) => Fact::about(Kind::ReferralDeclined, step.referral),
        ReferralEvent::Completed(step) => Fact::about(Kind::ReferralCompleted, step.referral),
        ReferralEvent::FeedbackReceived(step) => Fact::about(Kind::ReferralFedBack, step.referral),
        ReferralEvent::Withdrawn(step) => Fact::about(Kind::ReferralEnded, step.referral),
        ReferralEvent::Redirected(step) => Fact::about(Kind::ReferralEnded, step.referral),
        ReferralEvent::Reminded(_)
        | ReferralEvent::InformationRequested(_)
        | ReferralEvent::InformationAnswered(_)
        | ReferralEvent::ProgressReported(_)
        | ReferralEvent::Reopened(_)
        | ReferralEvent::Escalated(_) => return Vec::new(),
    };
    vec![fact]
}

pub(super) fn support_plan(event: &SupportPlanEvent) -> Vec<Fact> {
    let fact = match event {
        SupportPlanEvent::Drafted(drafted) => Fact::about(Kind::SupportPlanDrafted, drafted.plan),
        SupportPlanEvent::Agreed(agreed) => {
            Fact::about(Kind::SupportPlanAgreed, agreed.plan).valued(agreed.version)
        },
        SupportPlanEvent::Revised(revised) => {
            Fact::about(Kind::SupportPlanRevised, revised.plan).valued(revised.version)
        },
        SupportPlanEvent::Delivered(_)
        | SupportPlanEvent::Closed(_)
        | SupportPlanEvent::Discharged(_)
        | SupportPlanEvent::Requested(_)
        | SupportPlanEvent::SectionsWritten(_)
        | SupportPlanEvent::ConferenceHeld(_)
        | SupportPlanEvent::Explained(_)
        | SupportPlanEvent::Monitored(_)
        | SupportPlanEvent::HandedOver(_) => return Vec::new(),
    };
    vec![fact]
}

pub(super) fn disaster_plan(event: &DisasterPlanEvent) -> Vec<Fact> {
    let fact = match event {
        DisasterPlanEvent::Drafted(drafted) => Fact::about(Kind::DisasterPlanDrafted, drafted.plan),
        DisasterPlanEvent::Agreed(agreed) => {
            Fact::about(Kind::DisasterPlanAgreed, agreed.plan).valued(agreed.version)
        },
        DisasterPlanEvent::Verified(verified) => {
            Fact::about(Kind::DisasterPlanVerified, verified.plan)
        },
        DisasterPlanEvent::Ended(ended) => Fact::about(Kind::DisasterPlanEnded, ended.plan),
        DisasterPlanEvent::ReviewedInternally(_)
        | DisasterPlanEvent::Revised(_)
        | DisasterPlanEvent::Transferred(_)
        | DisasterPlanEvent::NeedIdentified(_)
        | DisasterPlanEvent::NotWanted(_)
        | DisasterPlanEvent::SectionsWritten(_)
        | DisasterPlanEvent::Used(_) => return Vec::new(),
    };
    vec![fact]
}
