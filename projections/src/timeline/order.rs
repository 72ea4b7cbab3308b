//! Where each entry stands: on which day, and at which place among the others of that day.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::CareProcedure;
use ledger_core::event::DisasterPlanEvent;
use ledger_core::event::{Event, ProfileEvent, ReferralEvent, SupportPlanEvent};
use ledger_core::history::{Entry, History};
use ledger_core::id::SupportPlanId;
use ledger_core::time::{Day, Occurred, TimeOfDay};
use uuid::Uuid;

/// Day, undated ones after the dated, minute; what has no day at all comes first.
type Moment = (Option<Day>, bool, Option<TimeOfDay>);

/// An entry with the moment at which it stands.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    /// The entry.
    pub(super) entry: &'a Entry,
    at: Moment,
}

impl Placed<'_> {
    /// The day at which it stands: its own, or the latest dated one of the same thing; never before
    /// that of the step which it follows, where its own is only a month.
    pub(super) const fn day(&self) -> Option<Day> {
        self.at.0
    }

    /// Whether it had occurred by the end of a day; what has no day had.
    fn is_by(&self, as_of: Option<Day>) -> bool {
        as_of
            .zip(self.day())
            .is_none_or(|(as_of, day)| day <= as_of)
    }
}

/// What steps follow each other in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Chain {
    Registration,
    Procedure(CareProcedure),
    Thing(Uuid),
}

/// Places every entry of a history, in revision order.
///
/// A step that may have occurred together with one recorded before it in the same thing, on one day
/// or in one month, stands behind it, however exactly either is known.
pub(super) fn placed(history: &History) -> Vec<Placed<'_>> {
    let latest = latest(history);
    let mut before: BTreeMap<Chain, Vec<Moment>> = BTreeMap::new();
    let mut all = Vec::with_capacity(history.entries().len());
    for entry in history.entries() {
        let followed = follows(entry.event());
        let earlier = followed.iter().filter_map(|chain| before.get(chain));
        let own = own(entry, &latest);
        let at = earlier
            .flatten()
            .filter(|earlier| may_coincide(entry.occurred(), own, **earlier))
            .fold(own, |at, earlier| at.max(*earlier));
        if let Some(chain) = chain(entry.event()).filter(|_| entry.stands()) {
            before.entry(chain).or_default().push(at);
        }
        all.push(Placed { entry, at });
    }
    all
}

/// The entries that had occurred by the end of a day, in revision order. What begins a thing had
/// occurred where any step of the thing had.
pub(super) fn by<'a>(placed: &[Placed<'a>], as_of: Option<Day>) -> Vec<Placed<'a>> {
    let standing = placed.iter().filter(|one| one.entry.stands());
    let begun: BTreeSet<Uuid> = standing
        .filter(|one| one.is_by(as_of))
        .filter_map(|one| thing(one.entry.event()))
        .collect();
    let with_its_step = |one: &Placed<'_>| {
        let event = one.entry.event();
        begins(event) && thing(event).is_some_and(|thing| begun.contains(&thing))
    };
    let wanted = placed
        .iter()
        .filter(|one| one.is_by(as_of) || with_its_step(one));
    wanted.copied().collect()
}

/// Sorts entries by the moment at which they stand, and by their place in the log.
pub(super) fn sort(entries: &mut [Placed<'_>]) {
    entries.sort_by_key(|one| (one.at, one.entry.recorded.position));
}

/// The latest dated step of each thing, at which an undated one stands.
fn latest(history: &History) -> BTreeMap<Uuid, Day> {
    let mut latest = BTreeMap::new();
    for entry in history.standing() {
        if let (Some(thing), Some(day)) = (thing(entry.event()), entry.day()) {
            let newest = latest.entry(thing).or_insert(day);
            *newest = day.max(*newest);
        }
    }
    latest
}

fn own(entry: &Entry, latest: &BTreeMap<Uuid, Day>) -> Moment {
    let of_thing = || latest.get(&thing(entry.event())?).copied();
    let undated = entry.day().is_none();
    let day = entry.day().or_else(of_thing);
    (day, undated, entry.occurred().time_of_day())
}

/// Whether one may have occurred at the moment of another: on its day, or in its month where only
/// the month is known.
fn may_coincide(occurred: Occurred, own: Moment, other: Moment) -> bool {
    let month = |day: Option<Day>| day.and_then(|day| Occurred::Day(day).month());
    match occurred {
        Occurred::Month(_) => month(own.0) == month(other.0),
        Occurred::Minute(_) | Occurred::Day(_) | Occurred::Unknown => own.0 == other.0,
    }
}

/// The chains behind whose earlier steps an event stands.
fn follows(event: &Event) -> Vec<Chain> {
    let profile = matches!(event, Event::Profile(_)).then_some(Chain::Registration);
    profile.into_iter().chain(chain(event)).collect()
}

/// The chain of which an event is a step.
fn chain(event: &Event) -> Option<Chain> {
    let Event::Profile(profile) = event else {
        return thing(event).map(Chain::Thing);
    };
    match profile {
        ProfileEvent::Registered(_) => Some(Chain::Registration),
        ProfileEvent::ProcedureStarted(step) => Some(Chain::Procedure(step.procedure)),
        ProfileEvent::ProcedureEnded(step) => Some(Chain::Procedure(step.procedure)),
        ProfileEvent::GuardianAdded(step) | ProfileEvent::GuardianChanged(step) => {
            Some(Chain::Thing(step.guardian.uuid()))
        },
        ProfileEvent::GuardianRemoved(step) => Some(Chain::Thing(step.guardian.uuid())),
        ProfileEvent::Changed(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_) => None,
    }
}

/// Whether an event begins a plan or a referral.
const fn begins(event: &Event) -> bool {
    matches!(
        event,
        Event::Referral(ReferralEvent::Made(_))
            | Event::SupportPlan(SupportPlanEvent::Drafted(_))
            | Event::DisasterPlan(DisasterPlanEvent::Drafted(_))
    )
}

/// The plan or referral that an event is a step of.
fn thing(event: &Event) -> Option<Uuid> {
    match event {
        Event::Referral(step) => Some(referral(step)),
        Event::SupportPlan(step) => support_plan(step),
        Event::DisasterPlan(step) => Some(disaster_plan(step)),
        Event::Profile(_)
        | Event::Consultation(_)
        | Event::Correction(_)
        | Event::Facility(_)
        | Event::Trainee(_)
        | Event::Programme(_)
        | Event::Access(_) => None,
    }
}

fn referral(step: &ReferralEvent) -> Uuid {
    match step {
        ReferralEvent::Made(step) => step.referral.uuid(),
        ReferralEvent::Received(step) => step.referral.uuid(),
        ReferralEvent::Accepted(step) => step.referral.uuid(),
        ReferralEvent::Declined(step) => step.referral.uuid(),
        ReferralEvent::Completed(step) => step.referral.uuid(),
        ReferralEvent::FeedbackReceived(step) => step.referral.uuid(),
        ReferralEvent::Withdrawn(step) => step.referral.uuid(),
        ReferralEvent::Redirected(step) => step.referral.uuid(),
        ReferralEvent::Reminded(step) => step.referral.uuid(),
    }
}

fn support_plan(step: &SupportPlanEvent) -> Option<Uuid> {
    match step {
        SupportPlanEvent::Drafted(step) => Some(step.plan.uuid()),
        SupportPlanEvent::Agreed(step) => Some(step.plan.uuid()),
        SupportPlanEvent::Revised(step) => Some(step.plan.uuid()),
        SupportPlanEvent::Delivered(step) => Some(step.plan.uuid()),
        SupportPlanEvent::Closed(step) => Some(step.plan.uuid()),
        SupportPlanEvent::Discharged(step) => step.plan.map(SupportPlanId::uuid),
    }
}

fn disaster_plan(step: &DisasterPlanEvent) -> Uuid {
    match step {
        DisasterPlanEvent::Drafted(step) => step.plan.uuid(),
        DisasterPlanEvent::Agreed(step) => step.plan.uuid(),
        DisasterPlanEvent::Verified(step) | DisasterPlanEvent::ReviewedInternally(step) => {
            step.plan.uuid()
        },
        DisasterPlanEvent::Revised(step) => step.plan.uuid(),
        DisasterPlanEvent::Transferred(step) => step.plan.uuid(),
        DisasterPlanEvent::Ended(step) => step.plan.uuid(),
    }
}
