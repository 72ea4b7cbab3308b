//! Facts about what is done for a person: consultations, referrals, plans.

use ledger_core::code::{ActionTaken, Urgency};
use ledger_core::event::{ConsultationEvent, DisasterPlanEvent, ReferralEvent, SupportPlanEvent};
use ledger_core::time::Occurred;

use super::fact::{Fact, Kind};

pub(super) fn consultation(event: &ConsultationEvent, occurred: Occurred) -> Vec<Fact> {
    match event {
        ConsultationEvent::Recorded(recorded) => {
            let mut fact = Fact::about(Kind::Consultation, recorded.consultation)
                .maybe_detail(recorded.channel)
                .maybe_other(recorded.consulter)
                .maybe(recorded.duration_minutes)
                .area(recorded.area)
                .codes(recorded.topics.iter().map(|topic| topic.code()));
            fact.minute = occurred.time_of_day().map(minute_of_day);
            let missing = (recorded.action == Some(ActionTaken::NoService)).then(|| {
                Fact::about(Kind::ServiceMissing, recorded.consultation)
                    .area(recorded.area)
                    .codes(recorded.topics.iter().map(|topic| topic.code()))
            });
            std::iter::once(fact).chain(missing).collect()
        },
        ConsultationEvent::InquiryLinked(it) => vec![
            Fact::about(Kind::InquiryLinked, it.consultation)
                .of(it.child)
                .other(it.inquiry),
        ],
        ConsultationEvent::InquiryUnlinked(it) => vec![
            Fact::about(Kind::InquiryUnlinked, it.consultation)
                .of(it.child)
                .other(it.inquiry),
        ],
    }
}

fn minute_of_day(time: ledger_core::time::TimeOfDay) -> i64 {
    let midnight = ledger_core::time::TimeOfDay::MIN;
    time.signed_duration_since(midnight).num_minutes()
}

pub(super) fn referral(event: &ReferralEvent) -> Fact {
    let about = |kind| Fact::about(kind, event.referral());
    let step = |what: &str| about(Kind::ReferralStep).detail(what);
    match event {
        ReferralEvent::Made(made) => about(Kind::ReferralMade)
            .maybe_detail(made.section)
            .other(made.party)
            .area(made.area)
            .due(made.due_on)
            .codes(made.urgency.into_iter().map(Urgency::code))
            .valued(made.direction == ledger_core::code::Direction::To),
        ReferralEvent::Received(_) => about(Kind::ReferralReceived),
        ReferralEvent::Accepted(_) => about(Kind::ReferralAccepted),
        ReferralEvent::Declined(_) => about(Kind::ReferralDeclined),
        ReferralEvent::Completed(step) => about(Kind::ReferralCompleted).maybe_detail(step.outcome),
        ReferralEvent::FeedbackReceived(_) => about(Kind::ReferralFedBack),
        ReferralEvent::Withdrawn(_) => about(Kind::ReferralEnded).detail("withdrawn"),
        ReferralEvent::Redirected(it) => {
            about(Kind::ReferralEnded).detail("redirected").other(it.to)
        },
        ReferralEvent::Reopened(_) => about(Kind::ReferralReopened),
        ReferralEvent::Reminded(_) => step("reminded"),
        ReferralEvent::InformationRequested(_) => step("information-requested"),
        ReferralEvent::InformationAnswered(_) => step("information-answered"),
        ReferralEvent::ProgressReported(_) => step("progress-reported"),
        ReferralEvent::Escalated(_) => step("escalated"),
    }
}

pub(super) fn support_plan(event: &SupportPlanEvent) -> Fact {
    let plan = event.plan().map(|plan| plan.to_string());
    let plan = plan.as_deref().unwrap_or("none");
    let about = |kind| Fact::about(kind, plan);
    let step = |what: &str| about(Kind::SupportPlanStep).detail(what);
    match event {
        SupportPlanEvent::Requested(it) => about(Kind::SupportPlanRequested)
            .maybe_other(it.requested_by)
            .due(it.discharge_planned_on),
        SupportPlanEvent::Drafted(it) => {
            about(Kind::SupportPlanDrafted).due(it.discharge_planned_on)
        },
        SupportPlanEvent::Agreed(it) => about(Kind::SupportPlanAgreed).valued(it.version),
        SupportPlanEvent::Revised(it) => about(Kind::SupportPlanRevised)
            .valued(it.version)
            .maybe_detail(it.reason),
        SupportPlanEvent::Closed(it) => about(Kind::SupportPlanClosed).detail(it.closing),
        SupportPlanEvent::HandedOver(it) => {
            about(Kind::SupportPlanHandedOver).maybe_other(it.organisation)
        },
        SupportPlanEvent::Discharged(_) => about(Kind::Discharged),
        SupportPlanEvent::Delivered(_) => step("delivered"),
        SupportPlanEvent::SectionsWritten(_) => step("sections-written"),
        SupportPlanEvent::ConferenceHeld(_) => step("conference-held"),
        SupportPlanEvent::Explained(_) => step("explained"),
        SupportPlanEvent::Monitored(it) => step("monitored").due(it.next_due),
    }
}

pub(super) fn disaster_plan(event: &DisasterPlanEvent) -> Fact {
    let plan = event.plan().map(|plan| plan.to_string());
    let plan = plan.as_deref().unwrap_or("none");
    let about = |kind| Fact::about(kind, plan);
    match event {
        DisasterPlanEvent::NeedIdentified(it) => about(Kind::DisasterPlanNeed)
            .detail(it.office)
            .area(it.area),
        DisasterPlanEvent::NotWanted(_) => about(Kind::DisasterPlanNotWanted),
        DisasterPlanEvent::Drafted(it) => about(Kind::DisasterPlanDrafted)
            .detail(it.office)
            .area(it.area)
            .codes(it.out_of_area.iter().map(|reason| reason.code()))
            .due(it.next_due),
        DisasterPlanEvent::Agreed(it) => about(Kind::DisasterPlanAgreed).valued(it.version),
        DisasterPlanEvent::Verified(it) => about(Kind::DisasterPlanVerified)
            .maybe_detail(it.method)
            .maybe_other(it.result)
            .due(it.next_due),
        DisasterPlanEvent::ReviewedInternally(it) => about(Kind::DisasterPlanReviewed)
            .maybe_detail(it.method)
            .maybe_other(it.result)
            .due(it.next_due),
        DisasterPlanEvent::Revised(it) => about(Kind::DisasterPlanRevised)
            .valued(it.version)
            .maybe_other(it.result)
            .due(it.next_due),
        DisasterPlanEvent::SectionsWritten(it) => {
            let electric = it.electric_device;
            let electric = electric.map(|yes| if yes { "electric" } else { "not-electric" });
            about(Kind::DisasterPlanSections)
                .maybe_detail(electric)
                .maybe(it.battery_minutes)
        },
        DisasterPlanEvent::Transferred(it) => about(Kind::DisasterPlanTransferred)
            .detail(it.to)
            .other(it.from)
            .area(it.area)
            .codes(it.out_of_area.iter().map(|reason| reason.code())),
        DisasterPlanEvent::Used(it) => about(Kind::DisasterPlanUsed).detail(it.hazard),
        DisasterPlanEvent::Ended(it) => about(Kind::DisasterPlanEnded).detail(it.reason),
    }
}
