//! B: timeliness, from a discharge notice to the first contact at home, and how late events are recorded.

use std::collections::BTreeSet;

use super::fact_set::{first, until};
use super::fold::Fold;
use super::given::{Given, Groups};
use super::measure::{Counted, Excluded, Line, Measured};
use super::scope::days_between;
use crate::facts::{Kind, Stored};

/// Business days after which an entry is late (an assumption).
const LATE_DAYS: i64 = 3;

/// B-1: from the discharge notice to the agreed plan.
pub(super) fn notice_to_plan(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for notice in given.within(Kind::DischargeNotice) {
        let (Some(person), Some(day)) = (given.facts.person(notice), notice.day) else {
            continue;
        };
        let of = |kind| given.facts.person_facts(kind, person).iter().copied();
        let mut asked = of(Kind::SupportPlanRequested).chain(of(Kind::SupportPlanDrafted));
        let Some(asked) = asked.next() else {
            excluded.push(Excluded::of(notice, &notice.thing, "no-plan"));
            continue;
        };
        let agreed = of(Kind::SupportPlanAgreed).filter(|fact| {
            fact.value == Some(1)
                && fact
                    .day
                    .is_some_and(|on| day <= on && on <= given.scope.day)
        });
        let unit = given.counted(notice, notice.thing.as_str()).with([asked]);
        if let Some(agreed) = first(agreed) {
            let on = agreed.day.unwrap_or(day);
            counted.push(unit.amount(days_between(day, on)).with([agreed]));
        } else {
            excluded.push(Excluded::of(notice, &notice.thing, "still-open"));
            open.push(unit.amount(days_between(day, given.scope.day)));
        }
    }
    Measured::new(Fold::Days, counted)
        .without(excluded)
        .lines([Line::new("still-open", Fold::Days, open)])
}

/// B-2: plans agreed on or before the day of discharge.
pub(super) fn agreed_before_discharge(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for left in given.within(Kind::Discharged) {
        let plans = plans_of(given, left);
        let Some(asked) = plans.first().copied() else {
            excluded.push(Excluded::of(left, left.event.to_string(), "no-plan"));
            continue;
        };
        let names: BTreeSet<&str> = plans.iter().map(|fact| fact.thing.as_str()).collect();
        let agreed = names.iter().flat_map(|plan| {
            let agreed = given.facts.about(Kind::SupportPlanAgreed, plan).iter();
            agreed.copied().filter(|fact| fact.value == Some(1))
        });
        let agreed = first(agreed);
        let in_time = agreed.is_some_and(|fact| fact.day <= left.day);
        let one = given.counted(left, left.event.to_string()).hit(in_time);
        counted.push(one.with([asked]).with(agreed));
    }
    Measured::new(Fold::Share, counted).without(excluded)
}

/// What asked for or drafted the plan of a discharge: of the plan named, else of the person's.
fn plans_of<'a>(given: &Given<'a, '_>, left: &'a Stored) -> Vec<&'a Stored> {
    let kinds = [Kind::SupportPlanRequested, Kind::SupportPlanDrafted];
    let named = kinds
        .iter()
        .flat_map(|kind| given.facts.about(*kind, &left.thing));
    let named: Vec<&Stored> = named.copied().collect();
    if left.thing != "none" {
        return named;
    }
    let person = given.facts.person(left).unwrap_or_default();
    let own = kinds
        .iter()
        .flat_map(|kind| given.facts.person_facts(*kind, person));
    own.copied().filter(|fact| fact.day <= left.day).collect()
}

/// B-3: how long before the planned discharge hospitals tell.
pub(super) fn notice_lead_time(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for notice in given.within(Kind::DischargeNotice) {
        let set = given.facts.about(Kind::DischargeDateSet, &notice.thing);
        let set = first(set.iter().copied()).filter(|_| notice.due.is_none());
        let planned = notice.due.or_else(|| set.and_then(|set| set.due));
        match planned.zip(notice.day) {
            Some((planned, day)) => {
                let one = given.counted(notice, notice.thing.as_str());
                counted.push(one.amount(days_between(day, planned)).with(set));
            },
            None => excluded.push(Excluded::of(notice, &notice.thing, "no-planned-day")),
        }
    }
    Measured::new(Fold::Days, counted).without(excluded)
}

/// B-4: from the discharge to the first contact.
pub(super) fn first_home_contact(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for left in given.within(Kind::Discharged) {
        let (Some(person), Some(day)) = (given.facts.person(left), left.day) else {
            continue;
        };
        let contacts = given.facts.person_facts(Kind::Consultation, person).iter();
        let after = contacts.copied().filter(|fact| {
            fact.day
                .is_some_and(|on| day <= on && on <= given.scope.day)
        });
        let unit = given.counted(left, left.event.to_string());
        if let Some(contact) = first(after) {
            let days = days_between(day, contact.day.unwrap_or(day));
            counted.push(unit.amount(days).with([contact]));
        } else {
            excluded.push(Excluded::of(left, left.event.to_string(), "still-open"));
            open.push(unit.amount(days_between(day, given.scope.day)));
        }
    }
    Measured::new(Fold::Days, counted)
        .without(excluded)
        .lines([Line::new("still-open", Fold::Days, open)])
}

/// B-5: follow-ups done by their day, of those due in the period; business hours from a person's first
/// contact to the next thing that the centre did.
pub(super) fn follow_ups(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let due = given.facts.of(Kind::FollowUpScheduled).iter().copied();
    for promised in due.filter(|fact| given.period().holds(fact.due)) {
        let about = |kind| until(given.facts.about(kind, &promised.thing), given.scope.day);
        let done = first(about(Kind::FollowUpDone));
        if let (None, Some(cancelled)) = (done, about(Kind::FollowUpCancelled).next()) {
            let out = Excluded::of(promised, &promised.thing, "cancelled");
            excluded.push(out.with([cancelled]));
            continue;
        }
        let in_time = done.is_some_and(|done| done.day <= promised.due);
        let one = given
            .counted(promised, promised.thing.as_str())
            .hit(in_time);
        counted.push(one.with(done));
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(first_responses(given))
}

/// What counts as the centre's answer to a first contact.
const RESPONSES: &[Kind] = &[
    Kind::Consultation,
    Kind::FollowUpDone,
    Kind::ReferralMade,
    Kind::SupportPlanRequested,
    Kind::SupportPlanDrafted,
    Kind::DisasterPlanNeed,
    Kind::DisasterPlanDrafted,
];

/// Business hours from first contacts of the period to the next thing done, and how many had none yet.
fn first_responses(given: &Given<'_, '_>) -> [Line; 2] {
    let (mut answered, mut open) = (Vec::new(), Vec::new());
    for person in given.people().values() {
        let contacts = given.facts.person_facts(Kind::Consultation, person.id);
        let Some(contact) = first(contacts.iter().copied()) else {
            continue;
        };
        if !given.period().holds(contact.day) {
            continue;
        }
        let of = |kind: &Kind| given.facts.person_facts(*kind, person.id).iter().copied();
        let after = RESPONSES.iter().flat_map(of).filter(|fact| {
            let later = (contact.day, contact.position) < (fact.day, fact.position);
            // What an office refers to the centre is no answer of the centre.
            let own = fact.kind != Kind::ReferralMade || fact.value != Some(0);
            later && own && fact.day.is_some_and(|on| on <= given.scope.day)
        });
        let unit = given.counted(contact, person.id);
        let Some(response) = first(after) else {
            open.push(unit);
            continue;
        };
        let hours = given.business_minutes(contact, response).checked_div(60);
        answered.push(unit.amount(hours.unwrap_or(0)).with([response]));
    }
    [
        Line::new("business-hours-to-first-response", Fold::Days, answered),
        Line::new("no-response-yet", Fold::Units, open),
    ]
}

/// B-6: business days between an event and its recording.
pub(super) fn recording_delay(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut roles = Groups::default();
    for fact in recorded_events(given) {
        let Some(day) = fact.day else { continue };
        let delay = given.business_days(day, fact.recorded);
        let one = given.counted(fact, fact.event.to_string()).amount(delay);
        roles.add(format!("role/{}", fact.role), one.clone());
        counted.push(one);
    }
    let late = counted.iter().map(|one: &Counted| {
        let late = one.amount > LATE_DAYS;
        one.clone().hit(late)
    });
    let late = Line::new("later-than-3-business-days", Fold::Share, late.collect());
    Measured::new(Fold::Days, counted)
        .lines([late])
        .lines(roles.lines(Fold::Days))
}

/// Events of the period about persons, inquiries, facilities and advisors, each once; neither
/// corrections nor views.
pub(super) fn recorded_events<'a>(given: &Given<'a, '_>) -> Vec<&'a Stored> {
    let mut seen = BTreeSet::new();
    let about_care = Kind::ALL.iter().copied();
    let about_care = about_care.filter(|kind| !is_about_the_record(*kind));
    let facts = given.facts.of_kinds(about_care).into_iter();
    let own = facts.filter(|fact| fact.subject.is_some() || fact.kind == Kind::Consultation);
    let own = own.filter(|fact| given.period().holds(fact.day));
    own.filter(|fact| seen.insert(fact.event)).collect()
}

/// Whether a kind says something about the record rather than about care.
pub(super) const fn is_about_the_record(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::TextOpened
            | Kind::ListExported
            | Kind::BackupTaken
            | Kind::RowsRejected
            | Kind::SignIn
            | Kind::Corrected
            | Kind::Annulled
            | Kind::AnnulmentReversed
            | Kind::Reassigned
    )
}
