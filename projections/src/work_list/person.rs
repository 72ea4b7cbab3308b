//! Follow-ups, and consents that run out or pass to the person.

use ledger_core::time::Day;

use super::terms::{CONSENT_AHEAD, FOLLOW_UP_AHEAD};
use super::{Desk, WorkItem, WorkKind, newest, place};
use crate::facts::{Kind, Stored};

/// From this age on a person consents for themselves.
const OF_AGE: i32 = 18;

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
    item.owner.clone_from(&scheduled.detail);
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

/// In the month of the 18th birthday; behind it where an older consent still stands in.
fn reconsent(desk: &Desk<'_, '_>, person: &str) -> Option<WorkItem> {
    if !desk.goes_on(Some(person), false) {
        return None;
    }
    // The month of birth is a fact about the person, whenever it was written down.
    let born = newest(
        desk.facts
            .person_facts(Kind::BirthMonth, person)
            .iter()
            .copied(),
    )?;
    let (first, last) = month_of_age(&born.thing)?;
    let consents = || desk.of_person(Kind::ConsentGiven, person);
    let own = consents().any(|fact| fact.day.is_some_and(|day| day >= first));
    if desk.on < first || own {
        return None;
    }
    let older = newest(consents().filter(|fact| is_in_force(desk, fact)));
    if desk.on > last && older.is_none() {
        return None;
    }
    let mut item = desk.item(WorkKind::Reconsent, born, last);
    item.thing = older.map_or_else(|| person.to_owned(), |fact| fact.thing.clone());
    item.since = Some(first);
    item.rests_on.extend(older.map(|fact| fact.event));
    Some(item)
}

/// First and last day of the month in which somebody born in a month turns 18.
fn month_of_age(born: &str) -> Option<(Day, Day)> {
    let (year, month) = born.split_once('-')?;
    let (year, month) = (
        year.parse::<i32>().ok()?.checked_add(OF_AGE)?,
        month.parse::<u32>().ok()?,
    );
    let first = Day::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}
