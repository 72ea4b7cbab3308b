//! Why an event that moves to another person could not stand there, group by group.

use ledger_core::event::{CareTeamEvent, ConsentEvent, FollowUpEvent, HospitalEvent, ProfileEvent};

use crate::rejection::Reason;
use crate::state::Child;

/// Why a change of the profile cannot stand with another person.
pub(super) fn profile_refusal(event: &ProfileEvent, to: &Child) -> Option<Reason> {
    match event {
        ProfileEvent::Registered(_) | ProfileEvent::Changed(_) => Some(Reason::NotReassignable),
        ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_)
        | ProfileEvent::GuardianAdded(_) => None,
        ProfileEvent::ProcedureStarted(started) => {
            let open = to.profile.open_procedure(started.procedure);
            open.map(|_| Reason::ProcedureOpen)
        },
        ProfileEvent::ProcedureEnded(ended) => {
            let open = to.profile.open_procedure(ended.procedure);
            open.is_none().then_some(Reason::ProcedureNotOpen)
        },
        ProfileEvent::GuardianChanged(detail) => {
            let known = to.profile.guardians.contains_key(&detail.guardian);
            (!known).then_some(Reason::UnknownGuardian)
        },
        ProfileEvent::GuardianRemoved(removed) => {
            let known = to.profile.guardians.contains_key(&removed.guardian);
            (!known).then_some(Reason::UnknownGuardian)
        },
    }
}

/// Why a step of a stay in hospital cannot stand with another person.
pub(super) fn hospital_refusal(event: &HospitalEvent, to: &Child) -> Option<Reason> {
    match event {
        HospitalEvent::Started(_) => {
            let open = to.open_hospital_stay();
            open.map(|_| Reason::HospitalStayOpen)
        },
        HospitalEvent::NoticeReceived(_) | HospitalEvent::DateSet(_) => {
            let known = to.hospital_stay(event.stay()).is_some();
            (!known).then_some(Reason::HospitalStayNotFound)
        },
    }
}

/// Why a consent or sharing cannot stand with another person.
pub(super) fn consent_refusal(event: &ConsentEvent, to: &Child) -> Option<Reason> {
    let not_there = |id| !to.consents.given.contains_key(id);
    match event {
        ConsentEvent::Given(_) | ConsentEvent::Refused(_) => None,
        ConsentEvent::Withdrawn(it) => not_there(&it.consent).then_some(Reason::ConsentNotFound),
        // What was shared was shared: only the consent that it names must be there.
        ConsentEvent::Shared(it) => {
            let missing = it.consent.as_ref().is_some_and(not_there);
            missing.then_some(Reason::ConsentNotFound)
        },
    }
}

/// Why somebody around the person cannot stand with another one.
pub(super) fn care_team_refusal(event: &CareTeamEvent, to: &Child) -> Option<Reason> {
    match event {
        CareTeamEvent::Joined(_) => None,
        CareTeamEvent::Left(it) => {
            let known = to.care_team.members.contains_key(&it.member);
            (!known).then_some(Reason::MemberNotFound)
        },
        // Who is in charge, and who looked, is so of this stream and of no other.
        CareTeamEvent::StaffAssigned(_)
        | CareTeamEvent::StaffUnassigned(_)
        | CareTeamEvent::EmergencyAccess(_) => Some(Reason::NotReassignable),
    }
}

/// Why a promised next step cannot stand with another person.
pub(super) fn follow_up_refusal(event: &FollowUpEvent, to: &Child) -> Option<Reason> {
    match event {
        FollowUpEvent::Scheduled(it) => {
            let known = it.consultation.is_none_or(|id| to.has_consultation(id));
            (!known).then_some(Reason::ConsultationNotFound)
        },
        FollowUpEvent::Done(_) | FollowUpEvent::Cancelled(_) => {
            let known = to.follow_up(event.follow_up()).is_some();
            (!known).then_some(Reason::FollowUpNotFound)
        },
    }
}
