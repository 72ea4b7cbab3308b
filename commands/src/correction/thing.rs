//! What an event is a step of, and which event the other steps rest on.

use ledger_core::event::{DisasterPlanEvent, Event, ProfileEvent, ReferralEvent, SupportPlanEvent};
use ledger_core::history::Entry;
use ledger_core::id::{DisasterPlanId, GuardianId, ReferralId, SupportPlanId};
use ledger_core::time::Day;

use crate::state::{
    Child, DisasterPlan, Referral, State, SupportPlan, disaster_plan_of, referral_of,
    support_plan_of,
};

/// Something that goes on over several events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    Referral(ReferralId),
    SupportPlan(SupportPlanId),
    DisasterPlan(DisasterPlanId),
    Guardian(GuardianId),
}

/// What an event is a step of, if it is one of several.
pub(crate) const fn thing_of(event: &Event) -> Option<Thing> {
    match event {
        Event::Referral(event) => Some(Thing::Referral(referral_of(event))),
        Event::SupportPlan(event) => match support_plan_of(event) {
            Some(plan) => Some(Thing::SupportPlan(plan)),
            None => None,
        },
        Event::DisasterPlan(event) => Some(Thing::DisasterPlan(disaster_plan_of(event))),
        Event::Profile(ProfileEvent::GuardianAdded(it) | ProfileEvent::GuardianChanged(it)) => {
            Some(Thing::Guardian(it.guardian))
        },
        Event::Profile(ProfileEvent::GuardianRemoved(it)) => Some(Thing::Guardian(it.guardian)),
        Event::Profile(
            ProfileEvent::Registered(_)
            | ProfileEvent::Changed(_)
            | ProfileEvent::BirthDetail(_)
            | ProfileEvent::ProcedureStarted(_)
            | ProfileEvent::ProcedureEnded(_)
            | ProfileEvent::MobilityAssessed(_),
        )
        | Event::Consultation(_)
        | Event::Correction(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Access(_) => None,
    }
}

/// Whether `later` cannot stand without `event`.
pub(crate) fn rests_on(later: &Entry, event: &Event) -> bool {
    if matches!(later.event(), Event::Correction(_)) {
        return false;
    }
    if matches!(event, Event::Profile(ProfileEvent::Registered(_))) {
        return true;
    }
    let begins = matches!(
        event,
        Event::Referral(ReferralEvent::Made(_))
            | Event::SupportPlan(SupportPlanEvent::Drafted(_))
            | Event::DisasterPlan(DisasterPlanEvent::Drafted(_))
            | Event::Profile(ProfileEvent::GuardianAdded(_))
    );
    let thing = thing_of(event);
    begins && thing.is_some() && thing_of(later.event()) == thing
}

/// The day at which an event without a date stands: the latest dated step of the same thing.
pub(crate) fn stands_on(state: &State, event: &Event) -> Option<Day> {
    let State::Child(child) = state else {
        return None;
    };
    let child: &Child = child;
    match thing_of(event)? {
        Thing::Referral(id) => child.referral(id)?.latest_day(),
        Thing::SupportPlan(id) => child.support_plan(id)?.latest_day(),
        Thing::DisasterPlan(id) => child.disaster_plan(id)?.latest_day(),
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
        Thing::Guardian(_) => true,
    }
}
