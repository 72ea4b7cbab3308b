//! Plans: agreement before discharge, monitoring, and the yearly clock of disaster plans.

use std::collections::BTreeMap;

use ledger_core::code::{DisasterPlanResult, Office};

use super::terms::{
    AGREEMENT, AGREEMENT_AHEAD, DECISION, DUE_SOON, LONG_OVERDUE, MONITORING_AHEAD, VERIFICATION,
};
use super::{Because, Desk, WorkItem, WorkKind, WorkState, days_from, newest, place, plus};
use crate::facts::{Kind, Stored};
use crate::indicators::Person;
use crate::yearly_clock::Clock;

pub(super) fn items(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    // What was asked for and not begun waits, too.
    let asked = desk.of(Kind::SupportPlanRequested);
    let asked = asked.filter(|fact| !desk.any(Kind::SupportPlanDrafted, &fact.thing));
    let begun = desk.of(Kind::SupportPlanDrafted).chain(asked);
    let mut items: Vec<WorkItem> = begun.filter_map(|fact| agreement(desk, fact)).collect();
    let mut monitored: BTreeMap<&str, &Stored> = BTreeMap::new();
    for fact in desk
        .of(Kind::SupportPlanStep)
        .filter(|fact| fact.says("monitored"))
    {
        let known = monitored.entry(&fact.thing).or_insert(fact);
        if place(known) < place(fact) {
            *known = fact;
        }
    }
    items.extend(notices(desk));
    items.extend(
        monitored
            .into_values()
            .filter_map(|fact| monitoring(desk, fact)),
    );
    for person in desk.people.keys() {
        items.extend(disaster(desk, person));
    }
    items
}

fn support_goes_on<'a>(desk: &Desk<'a, '_>, fact: &'a Stored) -> bool {
    let ends = [Kind::SupportPlanClosed, Kind::SupportPlanHandedOver];
    desk.goes_on(desk.facts.person(fact), true)
        && !ends.iter().any(|kind| desk.any(*kind, &fact.thing))
}

/// A draft is to be agreed some days before the discharge that was planned last.
fn agreement<'a>(desk: &Desk<'a, '_>, drafted: &'a Stored) -> Option<WorkItem> {
    if !support_goes_on(desk, drafted) || desk.any(Kind::SupportPlanAgreed, &drafted.thing) {
        return None;
    }
    let own = [Kind::SupportPlanRequested, Kind::SupportPlanDrafted];
    let own = own
        .iter()
        .flat_map(|kind| desk.about(*kind, &drafted.thing));
    let person = desk.facts.person(drafted).unwrap_or_default();
    let told = [Kind::DischargeNotice, Kind::DischargeDateSet];
    let told = told.iter().flat_map(|kind| desk.of_person(*kind, person));
    let planned = newest(own.chain(told).filter(|fact| fact.due.is_some()))?;
    // The term goes backwards from the discharge, so that it is one of calendar days.
    let (days, _) = desk.term(AGREEMENT);
    let due = plus(planned.due?, days.saturating_neg())?;
    let mut item = desk.item(WorkKind::PlanAgreement, drafted, due);
    if planned.event != drafted.event {
        item.rests_on.push(planned.event);
    }
    desk.is_near(&item, AGREEMENT_AHEAD).then_some(item)
}

/// A hospital's newest notice of each stay that no plan answers; one that came by a referral waits as
/// that referral does.
fn notices(desk: &Desk<'_, '_>) -> Vec<WorkItem> {
    let mut stays: BTreeMap<&str, &Stored> = BTreeMap::new();
    for fact in desk.of(Kind::DischargeNotice) {
        let known = stays.entry(&fact.thing).or_insert(fact);
        if place(known) < place(fact) {
            *known = fact;
        }
    }
    let stays = stays.into_values();
    stays.filter_map(|fact| notice(desk, fact)).collect()
}

fn notice<'a>(desk: &Desk<'a, '_>, told: &'a Stored) -> Option<WorkItem> {
    let person = desk.facts.person(told)?;
    let referred = told.other.as_deref();
    let referred = referred.is_some_and(|id| desk.any(Kind::ReferralMade, id));
    let left = desk
        .of_person(Kind::Discharged, person)
        .any(|left| place(left) > place(told));
    let begun = [Kind::SupportPlanRequested, Kind::SupportPlanDrafted];
    let mut begun = begun.iter().flat_map(|kind| desk.of_person(*kind, person));
    let planned = begun.any(|plan| support_goes_on(desk, plan) || plan.day >= told.day);
    if referred || left || planned || !desk.goes_on(Some(person), false) {
        return None;
    }
    // The plan is to be agreed before the discharge; the answer itself waits as one to a referral.
    let (days, _) = desk.term(AGREEMENT);
    let before = told.due.and_then(|due| plus(due, days.saturating_neg()));
    let answer = told
        .day
        .and_then(|day| desk.deadline(day, desk.term(DECISION)));
    let due = before.into_iter().chain(answer).min()?;
    Some(desk.item(WorkKind::DischargeNotice, told, due))
}

fn monitoring<'a>(desk: &Desk<'a, '_>, monitored: &'a Stored) -> Option<WorkItem> {
    let due = monitored.due.filter(|_| support_goes_on(desk, monitored))?;
    let item = desk.item(WorkKind::PlanMonitoring, monitored, due);
    desk.is_near(&item, MONITORING_AHEAD).then_some(item)
}

fn disaster(desk: &Desk<'_, '_>, person: &str) -> Vec<WorkItem> {
    let clock = Clock::of(desk.facts, person, desk.on);
    let clock = clock.filter(|_| desk.goes_on(Some(person), true));
    let Some(Clock { set_by, day }) = clock else {
        return Vec::new();
    };
    let age = days_from(day, desk.on);
    // The three count calendar days: the paper speaks of about a year.
    let days = |term| desk.term(term).0;
    let soon = days(VERIFICATION).saturating_sub(days(DUE_SOON));
    let yearly = plus(day, days(VERIFICATION)).filter(|_| age > soon);
    let yearly = yearly.map(|due| {
        let mut item = desk.item(WorkKind::DisasterPlan, set_by, due);
        if age > days(LONG_OVERDUE) {
            item.state = WorkState::LongOverdue;
        }
        item
    });
    yearly
        .into_iter()
        .chain(recheck(desk, person, set_by))
        .collect()
}

/// What of the person changed.
fn because(change: &Stored) -> Because {
    let known = [
        (Kind::ProcedureStarted, Because::CareStarted),
        (Kind::ProcedureEnded, Because::CareEnded),
        (Kind::Guardian, Because::Guardian),
    ];
    let known = known.into_iter().find(|(kind, _)| *kind == change.kind);
    known.map_or(Because::Home, |(_, because)| because)
}

/// Whether the centre supports the plan of somebody who is on a ventilator now.
fn is_centres(desk: &Desk<'_, '_>, person: &str, set_by: &Stored) -> bool {
    let on_ventilator = desk.people.get(person).is_some_and(Person::ventilator);
    let kinds = [Kind::DisasterPlanDrafted, Kind::DisasterPlanTransferred];
    let said = kinds.iter();
    let said = newest(said.flat_map(|kind| desk.about(*kind, &set_by.thing)));
    on_ventilator && said.is_some_and(|office| office.says(Office::Centre.code()))
}

/// Whether the last verification found that the plan has to be revised, and no version was made since.
fn asks_for_revision(desk: &Desk<'_, '_>, set_by: &Stored) -> bool {
    let asked = set_by.kind == Kind::DisasterPlanVerified
        && set_by.other.as_deref() == Some(DisasterPlanResult::NeedsRevision.code());
    let mut revised = desk.about(Kind::DisasterPlanRevised, &set_by.thing);
    asked && !revised.any(|made| is_behind(made, set_by))
}

/// Whether something came later than another: by its day, and on the same or an unknown day by its place in the log.
fn is_behind(fact: &Stored, other: &Stored) -> bool {
    match fact.day {
        Some(day) if Some(day) != other.day => Some(day) > other.day,
        Some(_) | None => fact.position > other.position,
    }
}

/// A change of care, device, home or guardian behind the last verification, or a revision that this asked for.
fn recheck<'a>(desk: &Desk<'a, '_>, person: &str, set_by: &'a Stored) -> Option<WorkItem> {
    let kinds = [
        Kind::ProcedureStarted,
        Kind::ProcedureEnded,
        Kind::ProfileChanged,
        Kind::Guardian,
    ];
    let about_home = |fact: &&Stored| {
        fact.kind != Kind::ProfileChanged || ["address", "area"].contains(&fact.thing.as_str())
    };
    let changes = kinds.iter().flat_map(|kind| desk.of_person(*kind, person));
    let mut changes: Vec<&Stored> = changes
        .filter(|fact| is_behind(fact, set_by))
        .filter(about_home)
        .collect();
    changes.sort_by_key(|fact| place(fact));
    let asked = asks_for_revision(desk, set_by);
    let since = changes.iter().find_map(|fact| fact.day);
    let since = set_by.day.filter(|_| asked).or(since);
    let due = since.or_else(|| Some(changes.first()?.recorded))?;
    let mut item = desk.item(WorkKind::DisasterRecheck, set_by, due);
    item.state = WorkState::NeedsRecheck;
    item.since = Some(due);
    item.rests_on
        .extend(changes.iter().map(|change| change.event));
    for change in &changes {
        let because = because(change);
        if !item.because.contains(&because) {
            item.because.push(because);
        }
    }
    if asked {
        item.because.push(Because::RevisionAsked);
    }
    if is_centres(desk, person, set_by) {
        item.because.push(Because::VentilatorNotCentre);
    }
    Some(item)
}
