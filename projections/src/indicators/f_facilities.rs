//! F: what support does at facilities, what trained advisors do, and how much work a post carries.

use std::collections::BTreeMap;

use super::a_volume::{self, counted_other};
use super::fact_set::{first, last};
use super::fold::Fold;
use super::given::{Given, Groups, code};
use super::measure::{Counted, Excluded, Line, Measured};
use crate::facts::{Kind, Stored};

/// F-1: mean change of nurses' confidence, from before to after the support.
pub(super) fn confidence(given: &Given<'_, '_>) -> Measured {
    let mut surveys: BTreeMap<String, Vec<&Stored>> = BTreeMap::new();
    for fact in given.facts.of(Kind::ConfidenceSurveyed) {
        if fact.day.is_some_and(|day| day <= given.end()) {
            let procedure = fact.other.as_deref().unwrap_or("all");
            let key = format!("{}/{procedure}", code(fact.subject.as_deref()));
            surveys.entry(key).or_default().push(fact);
        }
    }
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for (key, facts) in surveys {
        let of = |phase: &str| {
            let phase = phase.to_owned();
            facts.iter().copied().filter(move |fact| fact.says(&phase))
        };
        let after = last(
            of("after").filter(|fact| given.period().holds(fact.day)),
            given.end(),
        );
        let before = after.and_then(|after| last(of("before"), after.day?));
        if let Some((after, before)) = after.zip(before) {
            let level = |fact: &Stored| fact.value.unwrap_or(0);
            let change = level(after).saturating_sub(level(before));
            let one = counted_other(after, key).amount(change);
            counted.push(one.with([before]));
        } else {
            let within = facts.iter().filter(|fact| given.period().holds(fact.day));
            excluded.extend(within.map(|fact| Excluded::of(fact, key.clone(), "not-paired")));
        }
    }
    Measured::new(Fold::Mean, counted).without(excluded)
}

/// F-2: children taken on in the period by facilities after their first visit.
pub(super) fn acceptance(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded, mut turned) = (Vec::new(), Vec::new(), Vec::new());
    for fact in given
        .within(Kind::Acceptance)
        .filter(|fact| fact.says("accepted"))
    {
        let facility = code(fact.subject.as_deref());
        let visits = given.facts.of(Kind::FacilityVisit).iter().copied();
        let visit = first(visits.filter(|visit| visit.subject == fact.subject));
        let unit = if fact.thing == "unknown" {
            fact.event.to_string()
        } else {
            format!("{facility}/{}", fact.thing)
        };
        let Some(visit) = visit.filter(|visit| visit.day <= fact.day) else {
            excluded.push(Excluded::of(fact, unit, "not-supported-before"));
            continue;
        };
        let one = counted_other(fact, unit).with([visit]);
        let earlier = given
            .facts
            .about(Kind::Acceptance, &fact.thing)
            .iter()
            .copied();
        let declined = first(earlier.filter(|one| {
            one.says("declined") && one.subject == fact.subject && one.day <= fact.day
        }));
        if let Some(declined) = declined.filter(|_| fact.thing != "unknown") {
            turned.push(one.clone().with([declined]));
        }
        counted.push(one);
    }
    Measured::new(Fold::Units, counted)
        .without(excluded)
        .lines([Line::new("declined-then-accepted", Fold::Units, turned)])
}

/// F-3: kinds of care that supported facilities give or took on, each with its facilities.
pub(super) fn procedures(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut matrix = Groups::default();
    for fact in given.facts.of(Kind::FacilityProcedure) {
        let visits = given.facts.of(Kind::FacilityVisit).iter().copied();
        let visit = first(visits.filter(|visit| visit.subject == fact.subject));
        let visit = visit.filter(|visit| visit.day.is_some_and(|day| day <= given.end()));
        let known = fact.day.is_some_and(|day| day <= given.end()) && !fact.says("declined");
        let Some(visit) = visit.filter(|_| known) else {
            continue;
        };
        let facility = code(fact.subject.as_deref());
        let one = counted_other(fact, fact.thing.as_str()).with([visit]);
        matrix.add(format!("{}/{facility}", fact.thing), one.clone());
        counted.push(one);
    }
    Measured::new(Fold::Units, counted).lines(matrix.lines(Fold::Units))
}

/// F-4: advisors who completed by the end of the period, and plans that they drafted afterwards.
pub(super) fn able_advisors(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut plans) = (Vec::new(), Vec::new());
    let completed = given.facts.of(Kind::TraineeCompleted).iter().copied();
    for fact in completed.filter(|fact| fact.day.is_some_and(|day| day <= given.end())) {
        let trainee = code(fact.subject.as_deref());
        counted.push(counted_other(fact, trainee));
        let drafted = given.facts.of(Kind::SupervisedPlan).iter().copied();
        let later = drafted.filter(|plan| plan.subject == fact.subject && fact.day <= plan.day);
        let later = later.filter(|plan| plan.day.is_some_and(|day| day <= given.end()));
        plans.extend(later.map(|plan| counted_other(plan, plan.event.to_string()).with([fact])));
    }
    Measured::new(Fold::Units, counted).lines([Line::new(
        "plans-drafted-later",
        Fold::Units,
        plans,
    )])
}

/// F-5: contacts, visits and plans for each full-time equivalent; conflicts of concurrent posts.
pub(super) fn workload(given: &Given<'_, '_>) -> Measured {
    let mut counted: Vec<Counted> = Vec::new();
    let services = a_volume::services(given).into_iter();
    let done =
        services.filter(|(service, _)| *service != ledger_core::code::Service::AdvisorTraining);
    for (service, measured) in done {
        for mut one in measured.counted.into_iter().filter(|one| one.hit) {
            one.unit = format!("{}/{}", service.code(), one.unit).into();
            counted.push(one);
        }
    }
    let posts = given
        .settings
        .posts()
        .iter()
        .filter(|post| post.holds_on(given.end()));
    let advisers = [
        ledger_core::code::PostKind::Advisor,
        ledger_core::code::PostKind::PublicHealthNurse,
    ];
    let own = posts.filter(|post| advisers.contains(&post.set.kind));
    let fte = own.fold(0_i64, |sum, post| {
        sum.saturating_add(i64::from(post.set.fte_hundredths.unwrap_or_default()))
    });
    let conflicts = given
        .within(Kind::Setting)
        .filter(|fact| fact.thing == "concurrent-post-conflict-noted");
    let conflicts = conflicts.map(|fact| Counted::of(fact, None, fact.event.to_string()));
    let conflicts = Line::new(
        "concurrent-post-conflicts",
        Fold::Units,
        conflicts.collect(),
    );
    let fold = Fold::PerFte {
        fte_hundredths: fte,
    };
    Measured::new(fold, counted).lines([conflicts])
}
