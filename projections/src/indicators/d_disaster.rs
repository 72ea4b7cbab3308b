//! D: disaster preparedness: coverage, the yearly clock, re-checks, power, and whose support it is.

use ledger_core::time::Day;

use super::fact_set::{first, last, until};
use super::fold::Fold;
use super::given::{Given, Groups, code};
use super::measure::{Counted, Excluded, Line, Measured};
use super::people::Person;
use super::scope::days_between;
use crate::facts::{Kind, Stored};
use crate::yearly_clock::{Clock, YearlyClock, is_ended};

/// Within so many days a plan that needs it is to be revised (an assumption).
const REVISION_DAYS: i64 = 30;

/// The clock of a person on a day; none without a plan that goes on.
pub(crate) fn clock<'a>(given: &Given<'a, '_>, person: &str, day: Day) -> Option<Clock<'a>> {
    Clock::of(given.facts, person, day)
}

/// The newest thing said about whether a person wants a plan, where it is that none is wanted.
pub(super) fn not_wanted<'a>(given: &Given<'a, '_>, person: &str) -> Option<&'a Stored> {
    let kinds = [
        Kind::DisasterPlanNeed,
        Kind::DisasterPlanNotWanted,
        Kind::DisasterPlanDrafted,
        Kind::DisasterPlanAgreed,
    ];
    let said = kinds
        .iter()
        .flat_map(|kind| given.facts.person_facts(*kind, person));
    let newest = last(said.copied(), given.end())?;
    (newest.kind == Kind::DisasterPlanNotWanted).then_some(newest)
}

fn counted_person(given: &Given<'_, '_>, person: &Person<'_>, fact: &Stored) -> Counted {
    Counted::of(fact, Some(person.id), person.id)
        .with(given.facts.identity(fact))
        .with(person.basis.iter().copied())
        .with([person.known])
}

pub(super) fn split(person: &Person<'_>) -> &'static str {
    if person.ventilator() {
        "ventilator"
    } else {
        "other"
    }
}

/// D-1: persons with a plan, of open cases that need one.
pub(super) fn coverage(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let mut splits = Groups::default();
    for person in given.people().values() {
        let out = |reason| Excluded::of(person.known, person.id, reason);
        if let Some(closed) = person.closed {
            excluded.push(out("case-closed").with([closed]));
            continue;
        }
        if let Some(said) = not_wanted(given, person.id) {
            excluded.push(out("not-wanted").with([said]));
            continue;
        }
        let clock = clock(given, person.id, given.end());
        let one = counted_person(given, person, person.known).hit(clock.is_some());
        let one = one.with(clock.map(|clock| clock.set_by));
        splits.add(split(person), one.clone());
        counted.push(one);
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(splits.lines(Fold::Share))
}

/// Open cases with a plan, each with the age of its clock at the end of the period.
fn clocks(given: &Given<'_, '_>) -> (Vec<Counted>, Vec<Excluded>) {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for person in given.people().values() {
        let Some(clock) = clock(given, person.id, given.end()) else {
            continue;
        };
        if let Some(closed) = person.closed {
            let out = Excluded::of(clock.set_by, person.id, "case-closed");
            excluded.push(out.with([closed]));
            continue;
        }
        let age = days_between(clock.day, given.end());
        counted.push(counted_person(given, person, clock.set_by).amount(age));
    }
    counted.sort_by_key(|one| std::cmp::Reverse(one.amount));
    (counted, excluded)
}

/// D-2: persons whose plan is current, of persons with a plan.
pub(super) fn verified_in_time(given: &Given<'_, '_>) -> Measured {
    let (counted, excluded) = clocks(given);
    let terms = YearlyClock::of(given.settings);
    let counted = counted.into_iter().map(|one| {
        let current = one.amount <= terms.due;
        one.hit(current)
    });
    Measured::new(Fold::Share, counted.collect()).without(excluded)
}

/// D-3: persons whose plan is overdue, oldest first; long overdue and due soon beside.
pub(super) fn overdue(given: &Given<'_, '_>) -> Measured {
    let (all, excluded) = clocks(given);
    let within = |from: i64, to: i64| -> Vec<Counted> {
        let some = all
            .iter()
            .filter(|one| from <= one.amount && one.amount <= to);
        some.cloned().collect()
    };
    let terms = YearlyClock::of(given.settings);
    let overdue = terms.due.saturating_add(1);
    let long = terms.long.saturating_add(1);
    let soon = terms.due.saturating_sub(terms.soon).saturating_add(1);
    let lines = [
        Line::new("overdue", Fold::Units, within(overdue, terms.long)),
        Line::new("long-overdue", Fold::Units, within(long, i64::MAX)),
        Line::new("due-in-60-days", Fold::Units, within(soon, terms.due)),
    ];
    Measured::new(Fold::Units, within(overdue, i64::MAX))
        .without(excluded)
        .lines(lines)
}

/// What asks for a re-check of a person's plan: a change of care, device, address or guardian.
fn triggers<'a>(given: &Given<'a, '_>, person: &str) -> Vec<&'a Stored> {
    let kinds = [
        Kind::ProcedureStarted,
        Kind::ProcedureEnded,
        Kind::AreaChanged,
        Kind::ProfileChanged,
        Kind::Guardian,
    ];
    let facts = kinds
        .iter()
        .flat_map(|kind| given.facts.person_facts(*kind, person));
    let about_place = |fact: &&Stored| {
        fact.kind != Kind::ProfileChanged || ["address", "area"].contains(&fact.thing.as_str())
    };
    facts.copied().filter(about_place).collect()
}

/// D-4: plans with a change behind their last verification, of plans; days from change to re-check.
pub(super) fn rechecks(given: &Given<'_, '_>) -> Measured {
    let (clocks, excluded) = clocks(given);
    let (mut counted, mut waits) = (Vec::new(), Vec::new());
    for one in clocks {
        let triggers = triggers(given, &one.unit);
        let behind = triggers
            .iter()
            .copied()
            .filter(|fact| one.day < fact.day && fact.day.is_some_and(|on| on <= given.end()));
        let trigger = first(behind);
        waits.extend(waited(given, &one, &triggers));
        counted.push(one.amount(1).hit(trigger.is_some()).with(trigger));
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines([Line::new("days-to-recheck", Fold::Days, waits)])
}

/// Days from the first change behind a verification to the next verification, of those in the period.
fn waited(given: &Given<'_, '_>, one: &Counted, triggers: &[&Stored]) -> Option<Counted> {
    let verified = given
        .facts
        .person_facts(Kind::DisasterPlanVerified, &one.unit);
    let verified = verified.iter().copied();
    let checked = last(
        verified
            .clone()
            .filter(|fact| given.period().holds(fact.day)),
        given.end(),
    )?;
    let agreed = given
        .facts
        .person_facts(Kind::DisasterPlanAgreed, &one.unit);
    let steps = verified.chain(agreed.iter().copied());
    let before = steps
        .filter(|fact| fact.day < checked.day)
        .max_by_key(|fact| fact.day)?;
    let between = triggers.iter().copied();
    let trigger = first(between.filter(|fact| before.day < fact.day && fact.day <= checked.day))?;
    let days = days_between(trigger.day?, checked.day?);
    let counted = Counted::of(checked, one.subject.as_deref(), &*one.unit).amount(days);
    Some(counted.with([trigger, before]))
}

/// D-5: verifications that ask for a revision, of verifications; by method; revised in 30 days.
pub(super) fn quality(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut methods = Groups::default();
    let mut revised = Vec::new();
    for fact in given.within(Kind::DisasterPlanVerified) {
        let needs = fact.other.as_deref() == Some("needs-revision");
        let one = given.counted(fact, fact.event.to_string());
        methods.add(
            format!("method/{}", code(fact.detail.as_deref())),
            one.clone(),
        );
        if needs {
            let after = given
                .facts
                .about(Kind::DisasterPlanRevised, &fact.thing)
                .iter();
            let after = first(after.copied().filter(|after| fact.day <= after.day));
            let days = after.and_then(|after| Some(days_between(fact.day?, after.day?)));
            let soon = days.is_some_and(|days| days <= REVISION_DAYS);
            revised.push(one.clone().hit(soon).with(after));
        }
        counted.push(one.hit(needs));
    }
    Measured::new(Fold::Share, counted)
        .lines([Line::new("revised-in-30-days", Fold::Share, revised)])
        .lines(methods.lines(Fold::Units))
}

/// Plans that go on at the end of the period, each with its person.
fn plans<'a>(given: &Given<'a, '_>) -> Vec<(&'a Stored, &'a str)> {
    let drafted = given.facts.of(Kind::DisasterPlanDrafted).iter().copied();
    let end = given.end();
    let begun = drafted.filter(|fact| fact.day.is_some_and(|day| day <= end));
    let with_person = begun.filter_map(|fact| Some((fact, given.facts.person(fact)?)));
    let going =
        with_person.filter(|(fact, person)| !is_ended(given.facts, person, &fact.thing, end));
    going.collect()
}

/// D-6: plans that say how long power lasts, of plans of persons with electric devices.
pub(super) fn power(given: &Given<'_, '_>) -> Measured {
    let people = given.people();
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for (drafted, person) in plans(given) {
        let sections = given
            .facts
            .about(Kind::DisasterPlanSections, &drafted.thing);
        let sections = last(sections.iter().copied(), given.end());
        let says = |what| sections.is_some_and(|fact| fact.says(what));
        let person = people.get(person);
        let electric = says("electric") || person.is_some_and(Person::electric);
        if says("not-electric") || !electric {
            // Without sections, and without care that is known, nothing tells of devices.
            let told = sections.is_some() || person.is_some_and(|one| !one.procedures.is_empty());
            let reason = if told {
                "no-electric-device"
            } else {
                "no-sections"
            };
            excluded.push(Excluded::of(drafted, &drafted.thing, reason).with(sections));
            continue;
        }
        let complete = sections.is_some_and(|fact| fact.value.is_some());
        let one = given.counted(drafted, drafted.thing.as_str()).hit(complete);
        let basis = person.map_or_else(Vec::new, |person| person.basis.clone());
        counted.push(one.with(sections).with(basis));
    }
    Measured::new(Fold::Share, counted).without(excluded)
}

/// Who supports a ventilator user's plan, as far as it is right: the district centre of the person's
/// area, or that of another one where it was said why.
fn support_of(office: &Stored, person: &Person<'_>) -> &'static str {
    if !office.says("district-centre") {
        "centre"
    } else if office.area.is_some() && office.area == person.area {
        "persons-area"
    } else if office.codes.is_some() {
        "other-area-with-reason"
    } else {
        "other-area"
    }
}

/// D-7: ventilator users' plans that the district centre of their area supports, or another one with a
/// reason, of ventilator users' plans.
pub(super) fn responsibility(given: &Given<'_, '_>) -> Measured {
    let people = given.people();
    let mut supports = Groups::default();
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for (drafted, person) in plans(given) {
        let Some(person) = people.get(person).filter(|person| person.ventilator()) else {
            excluded.push(Excluded::of(drafted, &drafted.thing, "no-ventilator"));
            continue;
        };
        let moved = until(
            given
                .facts
                .about(Kind::DisasterPlanTransferred, &drafted.thing),
            given.end(),
        );
        let office = last(moved.chain([drafted]), given.end()).unwrap_or(drafted);
        let support = support_of(office, person);
        let right = ["persons-area", "other-area-with-reason"].contains(&support);
        let one = given.counted(drafted, drafted.thing.as_str()).hit(right);
        let one = one.with([office]).with(person.basis.iter().copied());
        supports.add(format!("support/{support}"), one.clone().hit(true));
        counted.push(one);
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(supports.lines(Fold::Units))
}
