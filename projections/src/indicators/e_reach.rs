//! E: reach and equity: who is reached, from where, with what, and when.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::code::Area;
use ledger_core::time::{AgeBand, TimeOfDay, Weekday};

use super::a_contacts::unit;
use super::fact_set::{first, last};
use super::fold::{Amount, Fold};
use super::given::{Given, Groups, code};
use super::measure::{Counted, Excluded, Line, Measured};
use super::people::{Person, SCORES, age_band};
use super::scope::days_between;
use crate::facts::{Kind, Stored};

/// Days after a discharge within which somebody born very small is to be contacted.
const FOLLOW_DAYS: i64 = 30;

fn person_unit(given: &Given<'_, '_>, person: &Person<'_>) -> Counted {
    Counted::of(person.known, Some(person.id), person.id)
        .with(given.facts.identity(person.known))
        .with(person.basis.iter().copied())
}

/// E-1: movable persons with a consultation in the period, of movable persons known.
pub(super) fn movable(given: &Given<'_, '_>) -> Measured {
    let people = given.people();
    let (mut counted, mut open, mut welfare) = (Vec::new(), Vec::new(), Vec::new());
    let mut linked = Vec::new();
    for person in people.values() {
        let one = person_unit(given, person);
        if person.closed.is_none() {
            open.push(one.clone().hit(person.movable));
        }
        if !person.movable {
            continue;
        }
        let services = given.facts.person_facts(Kind::WelfareRecorded, person.id);
        let services = services.iter().copied();
        let newest = last(services.clone(), given.end());
        let in_use = newest.is_some_and(|fact| fact.value > Some(0));
        welfare.push(one.clone().hit(in_use).with(newest));
        let used = first(services.filter(|fact| fact.value > Some(0)));
        if let Some(used) = used.filter(|fact| given.period().holds(fact.day)) {
            linked.push(one.clone().with([used]));
        }
        let contacts = given
            .facts
            .person_facts(Kind::Consultation, person.id)
            .iter()
            .copied();
        let contacts: Vec<&Stored> = contacts
            .filter(|fact| given.period().holds(fact.day))
            .collect();
        counted.push(one.hit(!contacts.is_empty()).with(contacts));
    }
    let lines = [
        Line::new("share-of-open-cases", Fold::Share, open),
        Line::new("with-welfare-service", Fold::Share, welfare),
        Line::new("newly-linked-to-welfare", Fold::Units, linked),
    ];
    Measured::new(Fold::Share, counted).lines(lines)
}

/// The dimensions of E-2.
pub const DIMENSIONS: &[&str] = &[
    "area",
    "age",
    "procedure",
    "score",
    "movable",
    "channel",
    "topic",
    "consulter",
    "first-source",
];

/// Where a code stands among those of its dimension: ages and scores from low to high, areas as the ward
/// lists them, the others by their names, and behind them those of several codes and of none.
#[must_use]
pub fn rank(dimension: &str, code: &str) -> usize {
    const LAST: usize = usize::MAX;
    let known: Vec<&str> = match dimension {
        "age" => AgeBand::ALL.iter().map(|band| band.code()).collect(),
        "score" => SCORES.to_vec(),
        "area" => Area::ALL.iter().map(|area| area.code()).collect(),
        _ => Vec::new(),
    };
    match code {
        "several" => LAST.saturating_sub(1),
        "unknown" => LAST,
        _ => {
            let place = known.iter().position(|own| *own == code);
            place.unwrap_or(known.len())
        },
    }
}

/// What the dimensions of contacts are read from; each person is looked at once.
pub(super) struct Reached<'a> {
    people: BTreeMap<&'a str, Person<'a>>,
    /// By person: from whom the centre first heard.
    first_sources: BTreeMap<&'a str, &'a str>,
}

impl<'a> Reached<'a> {
    /// Everybody known, and how they came to the centre.
    pub(super) fn of(given: &Given<'a, '_>) -> Self {
        let people = given.people();
        let source = |person: &&'a str| {
            let contacts = given.facts.person_facts(Kind::Consultation, person);
            let contact = first(contacts.iter().copied());
            code(contact.and_then(|contact| contact.other.as_deref()))
        };
        let first_sources = people.keys().map(|person| (*person, source(person)));
        Self {
            first_sources: first_sources.collect(),
            people,
        }
    }

    /// The person of a contact, where it has one who is known.
    pub(super) fn person(&self, given: &Given<'a, '_>, fact: &'a Stored) -> Option<&Person<'a>> {
        let person = given.facts.person(fact)?;
        self.people.get(person)
    }

    /// The codes of a contact on a dimension; of its person, or of itself.
    pub(super) fn codes(
        &self,
        person: Option<&Person<'a>>,
        fact: &'a Stored,
        dimension: &str,
    ) -> Vec<&'a str> {
        match (dimension, person) {
            ("area", person) => {
                let area = person.and_then(|person| person.area).or(fact.area);
                vec![code(area.map(Area::code))]
            },
            ("age", Some(person)) => vec![code(person.age.map(AgeBand::code))],
            ("procedure", Some(person)) if !person.procedures.is_empty() => {
                person.procedures.iter().copied().collect()
            },
            ("score", Some(person)) => vec![person.score_band()],
            ("movable", Some(person)) => vec![if person.movable { "yes" } else { "no" }],
            ("channel", _) => vec![code(fact.detail.as_deref())],
            ("consulter", _) => vec![code(fact.other.as_deref())],
            ("topic", _) => {
                let topics = fact.codes.iter().flat_map(|codes| codes.split(','));
                topics.collect()
            },
            ("first-source", Some(person)) => {
                vec![code(self.first_sources.get(person.id).copied())]
            },
            _ => vec![code(None)],
        }
    }
}

/// E-2: contacts and persons of the period by each dimension.
pub(super) fn breakdown(given: &Given<'_, '_>) -> Measured {
    let reached = Reached::of(given);
    let mut counted = Vec::new();
    let (mut contacts, mut persons) = (Groups::default(), Groups::default());
    for fact in given.within(Kind::Consultation) {
        let one = given.counted(fact, unit(given, fact, given.rules.contacts));
        let who = reached.person(given, fact);
        let one = match who {
            Some(person) => one.with(person.basis.iter().copied()),
            None => one,
        };
        for dimension in DIMENSIONS {
            for code in reached.codes(who, fact, dimension) {
                contacts.add(format!("{dimension}/{code}/contacts"), one.clone());
                if let Some(subject) = one.subject.clone() {
                    let mut person = one.clone();
                    person.unit = subject;
                    persons.add(format!("{dimension}/{code}/persons"), person);
                }
            }
        }
        counted.push(one);
    }
    let contacts = contacts.lines(Fold::Units);
    let persons = persons.lines(Fold::Units);
    let rates = rates(given, &contacts, &persons);
    Measured::new(Fold::Units, counted)
        .lines(contacts)
        .lines(persons)
        .lines(rates)
}

/// Persons reached in an area of the persons known to live there, and contacts for each hundred of them,
/// where somebody entered how many.
fn rates(given: &Given<'_, '_>, contacts: &[Line], persons: &[Line]) -> Vec<Line> {
    let mut rates = Vec::new();
    for area in Area::ALL {
        let Some(population) = given.settings.population(Some(*area)) else {
            continue;
        };
        let key = format!("area/{}/persons", area.code());
        let Some(line) = persons.iter().find(|line| line.key == key) else {
            continue;
        };
        let mut rate = line.clone();
        rate.key = format!("area/{}/of-known-population", area.code());
        rate.value = Amount::Share {
            hits: line.value.count().unwrap_or(0),
            of: i64::from(population),
        };
        rates.push(rate);
        let key = format!("area/{}/contacts", area.code());
        if let Some(line) = contacts.iter().find(|line| line.key == key) {
            let mut rate = line.clone();
            rate.key = format!("area/{}/contacts-per-100-known", area.code());
            let hundredfold = line.value.count().unwrap_or(0).saturating_mul(10_000);
            rate.value = Amount::Mean {
                hundredths: hundredfold.checked_div(i64::from(population)),
                n: i64::from(population),
            };
            rates.push(rate);
        }
    }
    rates
}

/// E-3: infants who became known in the period and had their first contact before leaving hospital.
pub(super) fn awareness(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for person in given.people().values() {
        if !given.period().holds(person.known.day) {
            continue;
        }
        let born = given.facts.person_facts(Kind::BirthMonth, person.id).last();
        let age = born.zip(person.known.day);
        let age = age.and_then(|(born, day)| age_band(&born.thing, day));
        if age != Some(AgeBand::Under1) {
            excluded.push(Excluded::of(person.known, person.id, "no-infant").with(born.copied()));
            continue;
        }
        let left = first(
            given
                .facts
                .person_facts(Kind::Discharged, person.id)
                .iter()
                .copied(),
        );
        let contacts = given.facts.person_facts(Kind::Consultation, person.id);
        let contact = first(contacts.iter().copied().chain([person.known]));
        let stays = given.facts.person_facts(Kind::HospitalStay, person.id);
        let before = match left {
            Some(left) => contact.is_some_and(|one| one.day <= left.day),
            // Who is in hospital still has not left it.
            None => contact.is_some() && !stays.is_empty(),
        };
        counted.push(
            person_unit(given, person)
                .hit(before)
                .with(left)
                .with(contact),
        );
    }
    Measured::new(Fold::Share, counted).without(excluded)
}

/// E-4: discharges of persons born under 1,000 g with a contact within 30 days.
pub(super) fn low_birth_weight(given: &Given<'_, '_>) -> Measured {
    let people = given.people();
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for left in given.within(Kind::Discharged) {
        let person = given
            .facts
            .person(left)
            .and_then(|person| people.get(person));
        let unit = left.event.to_string();
        let Some(person) = person.filter(|person| person.extremely_low_weight) else {
            excluded.push(Excluded::of(left, unit, "not-under-1000-g"));
            continue;
        };
        let contacts = given
            .facts
            .person_facts(Kind::Consultation, person.id)
            .iter()
            .copied();
        let contact = first(contacts.filter(|fact| left.day <= fact.day));
        let days = contact.and_then(|contact| Some(days_between(left.day?, contact.day?)));
        let soon = days.is_some_and(|days| days <= FOLLOW_DAYS);
        let one = given.counted(left, unit).hit(soon).with(contact);
        counted.push(one.with(person.basis.iter().copied()));
    }
    Measured::new(Fold::Share, counted).without(excluded)
}

/// E-5: contacts outside opening hours, by weekday and hour.
pub(crate) fn outside_hours(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let mut heat = Groups::default();
    for fact in given.within(Kind::Consultation) {
        let Some((day, calendar)) = fact
            .day
            .and_then(|day| Some((day, given.settings.calendar(day)?)))
        else {
            excluded.push(Excluded::of(fact, &fact.thing, "no-calendar"));
            continue;
        };
        let time = fact.minute.and_then(time_of);
        let one = given.counted(fact, fact.thing.as_str());
        let hour = fact.minute.and_then(|minute| minute.checked_div(60));
        let hour = hour.map_or_else(|| "unknown".to_owned(), |hour| format!("{hour:02}"));
        heat.add(format!("{}/{hour}", weekday(Weekday::of(day))), one.clone());
        counted.push(one.hit(calendar.outside_hours(day, time)));
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(heat.lines(Fold::Units))
}

fn time_of(minute: i64) -> Option<TimeOfDay> {
    let seconds = u32::try_from(minute).ok()?.checked_mul(60)?;
    TimeOfDay::from_num_seconds_from_midnight_opt(seconds, 0)
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "1-mon",
        Weekday::Tue => "2-tue",
        Weekday::Wed => "3-wed",
        Weekday::Thu => "4-thu",
        Weekday::Fri => "5-fri",
        Weekday::Sat => "6-sat",
        Weekday::Sun => "7-sun",
    }
}

/// The office of an account; those that no other office is named for are the centre's.
fn office_of<'a>(given: &Given<'a, '_>, account: &str) -> (&'a str, Option<&'a Stored>) {
    let named = given.facts.about(Kind::AccountOffice, account).last();
    let office = named.and_then(|fact| fact.other.as_deref());
    (office.unwrap_or("centre"), named.copied())
}

/// E-7: how often the same item of a profile was recorded again by another office.
pub(super) fn repeat_telling(given: &Given<'_, '_>) -> Measured {
    let mut told: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut counted = Vec::new();
    let mut persons = Vec::new();
    let mut fields = Groups::default();
    let changes = given.facts.of(Kind::ProfileChanged).iter().copied();
    for fact in changes.filter(|fact| fact.day.is_some_and(|day| day <= given.end())) {
        let Some(person) = given.facts.person(fact) else {
            continue;
        };
        let tellers = told.entry((person, fact.thing.as_str())).or_default();
        let (office, named) = office_of(given, &fact.actor);
        let again = tellers.insert(office) && tellers.len() > 1;
        if again && given.period().holds(fact.day) {
            let one = given.counted(fact, fact.event.to_string()).with(named);
            fields.add(format!("field/{}", fact.thing), one.clone());
            persons.push(Counted {
                unit: one.subject.clone().unwrap_or_default(),
                ..one.clone()
            });
            counted.push(one);
        }
    }
    Measured::new(Fold::Units, counted)
        .lines([
            Line::new("persons", Fold::Units, persons.clone()),
            Line::new("by-person", Fold::MeanByUnit, persons),
        ])
        .lines(fields.lines(Fold::Units))
}
