//! Where each entry stands: on which day, and at which place among the others of that day.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::CareProcedure;
use ledger_core::event::{Event, ProfileEvent, Thing};
use ledger_core::history::{Entry, History};
use ledger_core::id::Position;
use ledger_core::time::{Day, Occurred, TimeOfDay};

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
    Thing(Thing),
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
    let begun: BTreeSet<Thing> = standing
        .filter(|one| one.is_by(as_of))
        .filter_map(|one| one.entry.event().thing())
        .collect();
    let with_its_step = |one: &Placed<'_>| {
        let event = one.entry.event();
        event.begins() && event.thing().is_some_and(|thing| begun.contains(&thing))
    };
    let wanted = placed
        .iter()
        .filter(|one| one.is_by(as_of) || with_its_step(one));
    wanted.copied().collect()
}

/// An entry of a history that had occurred by a day, undated ones by the step that they follow.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'a> {
    /// Which entry of the history it is, from 1.
    pub number: usize,
    /// The entry.
    pub entry: &'a Entry,
    /// The day at which it stands: its own, or where it has none the latest of the same thing.
    pub stands_on: Option<Day>,
}

/// The entries that had occurred by the end of a day, in revision order; what stands at no day at all had where it was
/// recorded by then.
#[must_use]
pub fn occurred_by(history: &History, as_of: Option<Day>) -> Vec<Occurrence<'_>> {
    let placed = placed(history);
    let wanted = by(&placed, as_of).into_iter();
    let wanted: BTreeSet<Position> = wanted.map(|one| one.entry.recorded.position).collect();
    let is_by = |one: &Occurrence<'_>| {
        let recorded = one.entry.recorded.recorded_at.day_in_japan();
        let is_recorded = as_of.is_none_or(|as_of| recorded <= as_of);
        let is_wanted = wanted.contains(&one.entry.recorded.position);
        is_wanted && (one.stands_on.is_some() || is_recorded)
    };
    let all = (1_usize..).zip(&placed).map(|(number, one)| Occurrence {
        number,
        entry: one.entry,
        stands_on: one.day(),
    });
    all.filter(is_by).collect()
}

/// Sorts entries by the moment at which they stand, and by their place in the log.
pub(super) fn sort(entries: &mut [Placed<'_>]) {
    entries.sort_by_key(|one| (one.at, one.entry.recorded.position));
}

/// The latest dated step of each thing, at which an undated one stands.
fn latest(history: &History) -> BTreeMap<Thing, Day> {
    let mut latest = BTreeMap::new();
    for entry in history.standing() {
        if let (Some(thing), Some(day)) = (entry.event().thing(), entry.day()) {
            let newest = latest.entry(thing).or_insert(day);
            *newest = day.max(*newest);
        }
    }
    latest
}

fn own(entry: &Entry, latest: &BTreeMap<Thing, Day>) -> Moment {
    let of_thing = || latest.get(&entry.event().thing()?).copied();
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
    let own = if let Event::Profile(profile) = event {
        of_profile(profile)
    } else {
        None
    };
    own.or_else(|| event.thing().map(Chain::Thing))
}

/// The chain of a profile's event that is no thing of its own.
const fn of_profile(event: &ProfileEvent) -> Option<Chain> {
    match event {
        ProfileEvent::Registered(_) => Some(Chain::Registration),
        ProfileEvent::ProcedureStarted(step) => Some(Chain::Procedure(step.procedure)),
        ProfileEvent::ProcedureEnded(step) => Some(Chain::Procedure(step.procedure)),
        ProfileEvent::Changed(_)
        | ProfileEvent::BirthDetail(_)
        | ProfileEvent::MobilityAssessed(_)
        | ProfileEvent::GuardianAdded(_)
        | ProfileEvent::GuardianChanged(_)
        | ProfileEvent::GuardianRemoved(_)
        | ProfileEvent::WelfareServices(_)
        | ProfileEvent::CareScore(_) => None,
    }
}
