//! Which events rest on another, and where the steps of a thing stand.

use ledger_core::event::{CommitteeEvent, Event, ProfileEvent, Thing};
use ledger_core::history::Entry;
use ledger_core::time::Day;

use crate::state::{
    CareTeamMember, Child, Consent, DisasterPlan, FollowUp, HospitalStay, Referral, State,
    SupportPlan,
};

/// Whether `later` cannot stand without `event`.
pub(crate) fn rests_on(later: &Entry, event: &Event) -> bool {
    if matches!(later.event(), Event::Correction(_)) {
        return false;
    }
    if matches!(event, Event::Profile(ProfileEvent::Registered(_))) {
        return true;
    }
    if let (Event::Committee(later), Event::Committee(event)) = (later.event(), event) {
        return follows_in_meeting(later, event);
    }
    event.begins() && event.thing().is_some() && later.event().thing() == event.thing()
}

/// Whether what happened of a meeting cannot stand without something earlier: nothing without its
/// notice, the meeting not without the figures that it was shown, and no minutes and nothing recommended without the
/// meeting.
const fn follows_in_meeting(later: &CommitteeEvent, earlier: &CommitteeEvent) -> bool {
    match earlier {
        CommitteeEvent::Convened(_) => !matches!(later, CommitteeEvent::Convened(_)),
        CommitteeEvent::MaterialsFrozen(_) => matches!(later, CommitteeEvent::Held(_)),
        CommitteeEvent::Held(_) => matches!(
            later,
            CommitteeEvent::MinutesApproved(_) | CommitteeEvent::RecommendationMade(_)
        ),
        CommitteeEvent::FindingRecorded(_)
        | CommitteeEvent::RecommendationMade(_)
        | CommitteeEvent::RecommendationAnswered(_)
        | CommitteeEvent::MinutesApproved(_)
        | CommitteeEvent::TrialReviewed(_) => false,
    }
}

/// The day at which an event without a date stands: the latest dated step of the same thing.
pub(crate) fn stands_on(state: &State, event: &Event) -> Option<Day> {
    let State::Child(child) = state else {
        return None;
    };
    let child: &Child = child;
    match event.thing()? {
        Thing::Referral(id) => child.referral(id)?.latest_day(),
        Thing::SupportPlan(id) => child.support_plan(id)?.latest_day(),
        Thing::DisasterPlan(id) => child.disaster_plan(id)?.latest_day(),
        Thing::HospitalStay(id) => child.hospital_stay(id)?.latest_day(),
        Thing::Consent(id) => child.consents.latest_day(id),
        Thing::CareTeamMember(id) => child.care_team.members.get(&id)?.latest_day(),
        Thing::FollowUp(id) => child.follow_up(id)?.latest_day(),
        Thing::Guardian(_) => child.registered_on(),
    }
}

/// Whether no step of a thing lies before the one that it follows.
pub(crate) fn is_orderly(state: &State, thing: Option<Thing>) -> bool {
    let (State::Child(child), Some(thing)) = (state, thing) else {
        return true;
    };
    match thing {
        Thing::Referral(id) => child.referral(id).is_none_or(Referral::is_orderly),
        Thing::SupportPlan(id) => child.support_plan(id).is_none_or(SupportPlan::is_orderly),
        Thing::DisasterPlan(id) => child.disaster_plan(id).is_none_or(DisasterPlan::is_orderly),
        Thing::HospitalStay(id) => child.hospital_stay(id).is_none_or(HospitalStay::is_orderly),
        Thing::Consent(id) => {
            let consent = child.consents.given.get(&id);
            consent.is_none_or(Consent::is_orderly)
        },
        Thing::CareTeamMember(id) => {
            let member = child.care_team.members.get(&id);
            member.is_none_or(CareTeamMember::is_orderly)
        },
        Thing::FollowUp(id) => child.follow_up(id).is_none_or(FollowUp::is_orderly),
        Thing::Guardian(_) => true,
    }
}
