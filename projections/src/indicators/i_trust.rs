//! I: trust in the record: corrections, late entries, consents, views, and how far the log was proved.

use ledger_core::id::Position;
use ledger_core::time::FiscalYear;

use super::b_timeliness::recorded_events;
use super::fold::Fold;
use super::given::{Given, Groups, code};
use super::measure::{Counted, Line, Measured};
use crate::facts::{Kind, Stored};

/// Acts of a kind recorded in the period, each once.
fn recorded<'a>(given: &Given<'a, '_>, kinds: &[Kind]) -> Vec<&'a Stored> {
    let facts = kinds
        .iter()
        .flat_map(|kind| given.facts.of(*kind).iter().copied());
    facts
        .filter(|fact| given.period().holds(Some(fact.recorded)))
        .collect()
}

fn once<'a>(given: &Given<'a, '_>, fact: &'a Stored) -> Counted {
    let subject = fact.subject.as_deref();
    let subject = subject.map(|case| given.facts.canonical(case));
    Counted::of(fact, subject, fact.event.to_string())
}

/// I-1: events of the period that were corrected or annulled since, of its events; acts by reason and role.
pub(super) fn corrections(given: &Given<'_, '_>) -> Measured {
    let mut acts = Groups::default();
    for fact in recorded(given, &[Kind::Corrected, Kind::Annulled, Kind::Reassigned]) {
        let one = once(given, fact);
        acts.add(
            format!("reason/{}", code(fact.detail.as_deref())),
            one.clone(),
        );
        acts.add(format!("role/{}", fact.role), one.clone());
        acts.add(format!("act/{}", fact.kind.code()), one);
    }
    let events = recorded_events(given).into_iter().map(|fact| {
        let corrected = given.facts.about(Kind::Corrected, &fact.event.to_string());
        once(given, fact)
            .hit(!corrected.is_empty())
            .with(corrected.iter().copied())
    });
    Measured::new(Fold::Share, events.collect()).lines(acts.lines(Fold::Units))
}

/// I-2: annulments recorded in the period.
pub(super) fn annulments(given: &Given<'_, '_>) -> Measured {
    acts(given, Kind::Annulled)
}

/// I-4: events moved to another person.
pub(super) fn reassignments(given: &Given<'_, '_>) -> Measured {
    acts(given, Kind::Reassigned)
}

fn acts(given: &Given<'_, '_>, kind: Kind) -> Measured {
    let mut reasons = Groups::default();
    let mut counted = Vec::new();
    for fact in recorded(given, &[kind]) {
        let one = once(given, fact);
        reasons.add(
            format!("reason/{}", code(fact.detail.as_deref())),
            one.clone(),
        );
        counted.push(one);
    }
    Measured::new(Fold::Units, counted).lines(reasons.lines(Fold::Units))
}

/// I-3: events of the period that were recorded after its fiscal year had ended.
pub(super) fn late_entries(given: &Given<'_, '_>) -> Measured {
    let events = recorded_events(given).into_iter().map(|fact| {
        let late = fact
            .day
            .is_some_and(|day| FiscalYear::of(fact.recorded) > FiscalYear::of(day));
        once(given, fact).hit(late)
    });
    let allowed = recorded(given, &[Kind::LateEntryAllowed]).into_iter();
    let allowed = allowed.map(|fact| once(given, fact)).collect();
    Measured::new(Fold::Share, events.collect()).lines([Line::new(
        "late-entries-allowed",
        Fold::Units,
        allowed,
    )])
}

/// I-5: open cases without a consent that holds, of open cases.
pub(super) fn consents_missing(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    for person in given
        .people()
        .values()
        .filter(|person| person.closed.is_none())
    {
        let consents = given
            .facts
            .person_facts(Kind::ConsentGiven, person.id)
            .iter()
            .copied();
        let until = |fact: &&Stored| fact.day.is_some_and(|day| day <= given.end());
        let holds = |fact: &&Stored| {
            let withdrawn = given.facts.about(Kind::ConsentWithdrawn, &fact.thing);
            fact.due.is_none_or(|due| given.end() <= due) && !withdrawn.iter().any(until)
        };
        let all: Vec<&Stored> = consents.filter(until).collect();
        let consent = all.iter().copied().find(holds);
        let withdrawn = given.facts.person_facts(Kind::ConsentWithdrawn, person.id);
        let one = Counted::of(person.known, Some(person.id), person.id);
        let one = one
            .with(given.facts.identity(person.known))
            .hit(consent.is_none());
        counted.push(one.with(all).with(withdrawn.iter().copied()));
    }
    Measured::new(Fold::Share, counted)
}

/// I-6: openings of a person's text by accounts that were not in charge, of openings.
pub(super) fn views_outside_team(given: &Given<'_, '_>) -> Measured {
    let mut purposes = Groups::default();
    let mut counted = Vec::new();
    for fact in recorded(given, &[Kind::TextOpened]) {
        let Some(person) = given.facts.person(fact) else {
            continue;
        };
        let charge = given.facts.charge(person, &fact.actor, fact.recorded);
        let in_charge = charge.is_some_and(|one| one.kind == Kind::StaffAssigned);
        let one = once(given, fact).hit(!in_charge).with(charge);
        purposes.add(
            format!("purpose/{}", code(fact.detail.as_deref())),
            one.clone(),
        );
        counted.push(one);
    }
    Measured::new(Fold::Share, counted).lines(purposes.lines(Fold::Share))
}

/// I-7: access taken in an emergency.
pub(super) fn emergency_accesses(given: &Given<'_, '_>) -> Measured {
    let facts = given.within(Kind::EmergencyAccess);
    let counted = facts.map(|fact| once(given, fact)).collect();
    Measured::new(Fold::Units, counted)
}

/// I-8: the position up to which the log was last proved clean.
pub(super) fn chain_verified(given: &Given<'_, '_>) -> Measured {
    let facts = given.facts.of(Kind::ChainVerified).iter().copied();
    let until = facts.filter(|fact| fact.recorded <= given.scope.day);
    let (clean, broken): (Vec<&Stored>, Vec<&Stored>) = until.partition(|fact| fact.says("clean"));
    let newest = clean
        .last()
        .map(|fact| once(given, fact).amount(fact.value.unwrap_or(0)));
    let broken = broken.into_iter().map(|fact| once(given, fact)).collect();
    Measured::new(Fold::Sum, newest.into_iter().collect()).lines([Line::new(
        "found-broken",
        Fold::Units,
        broken,
    )])
}

/// I-9: the position at which these figures stand, as the newest event that they know.
pub(super) fn replayed_to(given: &Given<'_, '_>) -> Measured {
    let newest = given.facts.newest();
    let newest = newest.map(|fact| once(given, fact).amount(fact.from.as_i64()));
    Measured::new(Fold::Sum, newest.into_iter().collect())
}

/// I-10: events that were corrected, annulled or moved after the committee's figures were frozen last.
pub(super) fn changed_since_committee(given: &Given<'_, '_>) -> Measured {
    let frozen = given.facts.of(Kind::MaterialsFrozen).iter().copied();
    let frozen = frozen.filter(|fact| fact.recorded <= given.scope.day);
    let Some(frozen) = frozen.max_by_key(|fact| fact.position) else {
        return Measured::new(Fold::Units, Vec::new());
    };
    let as_at = Position::from_i64(frozen.value.unwrap_or(0));
    let kinds = [
        Kind::Corrected,
        Kind::Annulled,
        Kind::AnnulmentReversed,
        Kind::Reassigned,
    ];
    let acts = kinds
        .iter()
        .flat_map(|kind| given.facts.of(*kind).iter().copied());
    let later: Vec<&Stored> = acts
        .filter(|fact| fact.position > as_at && fact.recorded <= given.scope.day)
        .collect();
    let counted = later.into_iter().map(|fact| {
        let mut one = once(given, fact).with([frozen]);
        one.unit = fact.thing.as_str().into();
        one
    });
    Measured::new(Fold::Units, counted.collect())
}
