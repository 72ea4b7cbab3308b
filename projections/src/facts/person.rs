//! Facts about a person: who they are, what care they need, who is around them.

use ledger_core::event::{
    CareTeamEvent, CaseEvent, ConsentEvent, FamilyVoiceEvent, FollowUpEvent, HospitalEvent,
    ProfileEvent,
};

use super::fact::{Fact, Kind};

pub(super) fn profile(event: &ProfileEvent) -> Vec<Fact> {
    match event {
        ProfileEvent::Registered(registered) => {
            let known = Fact::about(Kind::PersonKnown, registered.child)
                .maybe_detail(registered.number.as_ref())
                .area(registered.area);
            let born = registered.birth_month.as_ref();
            let born = born.map(|month| Fact::about(Kind::BirthMonth, month));
            std::iter::once(known).chain(born).collect()
        },
        ProfileEvent::Changed(changed) => {
            let field = Fact::about(Kind::ProfileChanged, changed.field);
            let moved = changed
                .area
                .map(|area| Fact::about(Kind::AreaChanged, area).area(Some(area)));
            let born = changed.birth_month.as_ref();
            let born = born.map(|month| Fact::about(Kind::BirthMonth, month));
            std::iter::once(field).chain(moved).chain(born).collect()
        },
        ProfileEvent::ProcedureStarted(started) => vec![
            Fact::about(Kind::ProcedureStarted, started.procedure).maybe(started.hours_per_day),
        ],
        ProfileEvent::ProcedureEnded(ended) => {
            vec![Fact::about(Kind::ProcedureEnded, ended.procedure)]
        },
        ProfileEvent::MobilityAssessed(assessed) => {
            vec![Fact::about(Kind::Mobility, "mobility").valued(assessed.movable())]
        },
        ProfileEvent::BirthDetail(detail) => {
            let band = detail.weight_band.map_or("unknown", |band| band.code());
            vec![Fact::about(Kind::BirthWeight, band)]
        },
        ProfileEvent::GuardianAdded(it) => vec![guardian(it.guardian, "added")],
        ProfileEvent::GuardianChanged(it) => vec![guardian(it.guardian, "changed")],
        ProfileEvent::GuardianRemoved(it) => vec![guardian(it.guardian, "removed")],
        ProfileEvent::WelfareServices(recorded) => {
            let count = u32::try_from(recorded.services.len()).unwrap_or(u32::MAX);
            let all = Fact::about(Kind::WelfareRecorded, "services").valued(count);
            let each = recorded.services.iter();
            let each = each.map(|service| Fact::about(Kind::WelfareService, service));
            std::iter::once(all).chain(each).collect()
        },
        ProfileEvent::CareScore(score) => vec![
            Fact::about(Kind::CareScore, "score")
                .valued(score.score)
                .detail(&score.form_version),
        ],
    }
}

fn guardian(guardian: ledger_core::id::GuardianId, what: &str) -> Fact {
    Fact::about(Kind::Guardian, guardian).detail(what)
}

pub(super) fn case(event: &CaseEvent) -> Fact {
    match event {
        CaseEvent::Closed(it) => Fact::about(Kind::CaseClosed, "case")
            .detail(it.reason)
            .valued(it.left_open),
        CaseEvent::Reopened(_) => Fact::about(Kind::CaseReopened, "case"),
        CaseEvent::DuplicateSuspected(it) => {
            Fact::about(Kind::DuplicateSuspected, "case").other(it.other)
        },
        CaseEvent::DuplicateDismissed(it) => {
            Fact::about(Kind::DuplicateDismissed, "case").other(it.other)
        },
        CaseEvent::Merged(it) => Fact::about(Kind::CaseMerged, it.absorbed).other(it.survivor),
        CaseEvent::MergeUndone(it) => {
            Fact::about(Kind::MergeUndone, it.absorbed).other(it.survivor)
        },
    }
}

pub(super) fn hospital(event: &HospitalEvent) -> Fact {
    match event {
        HospitalEvent::Started(it) => {
            Fact::about(Kind::HospitalStay, it.stay).maybe_other(it.organisation)
        },
        HospitalEvent::NoticeReceived(it) => Fact::about(Kind::DischargeNotice, it.stay)
            .maybe_other(it.referral)
            .due(it.planned_on),
        HospitalEvent::DateSet(it) => {
            Fact::about(Kind::DischargeDateSet, it.stay).due(Some(it.planned_on))
        },
    }
}

pub(super) fn consent(event: &ConsentEvent) -> Fact {
    match event {
        ConsentEvent::Given(it) => Fact::about(Kind::ConsentGiven, it.consent)
            .detail(it.form)
            .other(it.given_by)
            .due(it.valid_to),
        ConsentEvent::Withdrawn(it) => Fact::about(Kind::ConsentWithdrawn, it.consent),
        ConsentEvent::Refused(it) => Fact::about(Kind::ConsentRefused, it.consent),
        ConsentEvent::Shared(it) => Fact::about(Kind::InformationShared, it.sharing)
            .detail(it.basis)
            .maybe_other(it.consent),
    }
}

pub(super) fn care_team(event: &CareTeamEvent) -> Fact {
    match event {
        CareTeamEvent::Joined(it) => Fact::about(Kind::CareTeamJoined, it.member)
            .detail(it.role)
            .maybe_other(it.organisation),
        CareTeamEvent::Left(it) => Fact::about(Kind::CareTeamLeft, it.member),
        CareTeamEvent::StaffAssigned(it) => {
            Fact::about(Kind::StaffAssigned, &it.account).detail(it.charge)
        },
        CareTeamEvent::StaffUnassigned(it) => Fact::about(Kind::StaffUnassigned, &it.account),
        CareTeamEvent::EmergencyAccess(it) => Fact::about(Kind::EmergencyAccess, &it.account),
    }
}

pub(super) fn follow_up(event: &FollowUpEvent) -> Fact {
    match event {
        FollowUpEvent::Scheduled(it) => Fact::about(Kind::FollowUpScheduled, it.follow_up)
            .maybe_detail(it.owner.as_ref())
            .maybe_other(it.consultation)
            .due(Some(it.due_on)),
        FollowUpEvent::Done(it) => Fact::about(Kind::FollowUpDone, it.follow_up),
        FollowUpEvent::Cancelled(it) => Fact::about(Kind::FollowUpCancelled, it.follow_up),
    }
}

/// What is noted of an answer in the family's own words.
const WORDS: &str = "words";

pub(super) fn family_voice(event: &FamilyVoiceEvent) -> Vec<Fact> {
    let FamilyVoiceEvent::Recorded(it) = event;
    let asked = Fact::about(Kind::FamilyVoice, it.stage)
        .detail(if it.answered { "answered" } else { "asked" })
        .codes((it.has_words == Some(true)).then_some(WORDS).into_iter())
        .maybe(it.anxiety);
    let satisfied = it.satisfaction;
    let satisfied =
        satisfied.map(|value| Fact::about(Kind::FamilySatisfaction, it.stage).valued(value));
    std::iter::once(asked).chain(satisfied).collect()
}
