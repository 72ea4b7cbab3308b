//! Follow-ups, and consents that run out or pass to the person.

use super::birthday::{ComingOfAge, birthday_of_age, is_own};
use super::terms::{CONSENT_AHEAD, FOLLOW_UP_AHEAD};
use super::{Desk, WorkItem, WorkKind, newest, place};
use crate::facts::{Kind, Stored};

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    let scheduled = desk.of(Kind::FollowUpScheduled);
    let mut items: Vec<WorkItem> = scheduled.filter_map(|fact| follow_up(desk, fact)).collect();
    let given = desk.of(Kind::ConsentGiven);
    items.extend(given.filter_map(|fact| consent_ends(desk, fact)));
    let people = desk.people.keys();
    items.extend(people.filter_map(|person| reconsent(desk, person)));
    items
}

fn follow_up<'a>(desk: &Desk<'a, '_>, scheduled: &'a Stored) -> Option<WorkItem> {
    let ends = [Kind::FollowUpDone, Kind::FollowUpCancelled];
    let ended = ends.iter().any(|kind| desk.any(*kind, &scheduled.thing));
    if ended || !desk.goes_on(desk.facts.person(scheduled), false) {
        return None;
    }
    let mut item = desk.item(WorkKind::FollowUp, scheduled, scheduled.due?);
    if let Some(owner) = &scheduled.detail {
        item.owner = Some(owner.clone());
    }
    desk.is_near(&item, FOLLOW_UP_AHEAD).then_some(item)
}

fn is_in_force(desk: &Desk<'_, '_>, given: &Stored) -> bool {
    !desk.any(Kind::ConsentWithdrawn, &given.thing)
}

/// A consent that runs out, unless a newer one goes on longer.
fn consent_ends<'a>(desk: &Desk<'a, '_>, given: &'a Stored) -> Option<WorkItem> {
    let (due, person) = (given.due?, desk.facts.person(given));
    let of_person = desk.of_person(Kind::ConsentGiven, person.unwrap_or_default());
    let mut newer = of_person.filter(|other| place(other) > place(given));
    let renewed =
        newer.any(|other| is_in_force(desk, other) && other.due.is_none_or(|end| end > due));
    if renewed || !is_in_force(desk, given) || !desk.goes_on(person, false) {
        return None;
    }
    let item = desk.item(WorkKind::ConsentEnds, given, due);
    desk.is_near(&item, CONSENT_AHEAD).then_some(item)
}

/// From the month of the 18th birthday on, until the person, or who is guardian of an adult, consented.
fn reconsent(desk: &Desk<'_, '_>, person: &str) -> Option<WorkItem> {
    if !desk.goes_on(Some(person), false) {
        return None;
    }
    let coming = ComingOfAge::of(desk.facts, person)?;
    let birthday = desk.born.days.get(person);
    let birthday = birthday.and_then(|born| birthday_of_age(*born));
    let of_age = birthday.unwrap_or(coming.last);
    let consents = || desk.of_person(Kind::ConsentGiven, person);
    let own = |fact: &Stored| is_own(fact) && fact.day.is_some_and(|day| day >= of_age);
    if desk.on < coming.first || consents().any(own) {
        return None;
    }
    // A due day that is the birthday tells the date of birth: only who opened it reads it.
    let due = if desk.born.told { of_age } else { coming.last };
    let older = newest(consents().filter(|fact| is_in_force(desk, fact)));
    if desk.on > due && older.is_none() {
        return None;
    }
    let mut item = desk.item(WorkKind::Reconsent, coming.born, due);
    item.thing = older.map_or_else(|| person.to_owned(), |fact| fact.thing.clone());
    item.since = Some(coming.first);
    item.rests_on.extend(older.map(|fact| fact.event));
    Some(item)
}
