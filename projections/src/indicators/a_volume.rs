//! A: volume against plan (ア–エ).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger_core::code::Service;

use super::a_contacts::contacts;
use super::fact_set::first;
use super::fold::Fold;
use super::given::{Given, code};
use super::measure::{Counted, Excluded, Line, Measured};
use super::rules::{DisasterPlans, Trainees, Visits};
use super::target::{Achievement, Band, Target};
use crate::facts::{Kind, Stored};

/// Visits to one facility in a year that count towards the plan.
const VISITS_MAX: usize = 4;

/// distinct persons whose first version was agreed in the period.
pub(crate) fn support_plans(given: &Given<'_, '_>) -> Measured {
    let agreed = given.facts.of(Kind::SupportPlanAgreed).iter().copied();
    let (first, later): (Vec<&Stored>, Vec<&Stored>) =
        agreed.partition(|fact| fact.value == Some(1));
    let within = |fact: &&Stored| given.period().holds(fact.day);
    let counted = first.iter().copied().filter(within);
    let counted = counted.filter_map(|fact| given.as_person(fact)).collect();
    let later = later.into_iter().filter(within);
    let excluded = later.map(|fact| Excluded::of(fact, &fact.thing, "later-version"));
    let ever = first.iter().copied();
    let ever = ever.filter(|fact| fact.day.is_some_and(|day| day <= given.end()));
    let ever = ever.filter_map(|fact| given.as_person(fact)).collect();
    Measured::new(Fold::Units, counted)
        .without(excluded.collect())
        .lines([Line::new("cumulative", Fold::Units, ever)])
}

/// Whether a facility had left the project before the year began, and did not enrol again since.
fn had_withdrawn(given: &Given<'_, '_>, facility: Option<&str>) -> bool {
    let own = |kind| {
        let facts = given.facts.of(kind).iter().copied();
        let own = facts.filter(move |fact: &&Stored| fact.subject.as_deref() == facility);
        own.filter(|fact| fact.day.is_some_and(|day| day < given.period().first))
    };
    let place = |fact: &Stored| (fact.day, fact.position);
    let left = own(Kind::FacilityWithdrawn).map(place).max();
    let again = given.facts.of(Kind::FacilityEnrolled).iter().copied();
    let again = again.filter(|fact| fact.subject.as_deref() == facility);
    let again = again.filter(|fact| fact.day.is_some_and(|day| day <= given.end()));
    left.is_some_and(|left| again.map(place).max().is_none_or(|again| again < left))
}

/// visits to facilities, and the grid of ten facilities by four visits: a row a facility that
/// takes part or was visited, with how many of the four there were.
pub(crate) fn visits(given: &Given<'_, '_>) -> Measured {
    let mut facilities: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
    for fact in given.within(Kind::FacilityVisit) {
        let facility = facilities.entry(code(fact.subject.as_deref()));
        facility.or_default().push(fact);
    }
    // A facility that takes part and was not visited is a row of the grid, too.
    let enrolled = given.facts.of(Kind::FacilityEnrolled).iter().copied();
    let year = i64::from(given.scope.year.year());
    let enrolled = enrolled.filter(|fact| fact.day.is_none_or(|day| day <= given.end()));
    let enrolled = enrolled.filter(|fact| fact.value == Some(year));
    let enrolled: Vec<&Stored> = enrolled
        .filter(|fact| !had_withdrawn(given, fact.subject.as_deref()))
        .collect();
    for fact in &enrolled {
        facilities.entry(code(fact.subject.as_deref())).or_default();
    }
    let capped_rule = given.rules.visits == Visits::Capped;
    let (mut counted, mut capped, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let (mut visited, mut four) = (Vec::new(), Vec::new());
    for (facility, visits) in &mut facilities {
        visits.sort_by_key(|fact| (fact.day, fact.position));
        let of = |fact: &&Stored| counted_other(fact, fact.thing.as_str());
        let full = visits.len() >= VISITS_MAX;
        for (index, fact) in visits.iter().enumerate() {
            let extra = index >= VISITS_MAX;
            counted.push(of(fact).hit(!(extra && capped_rule)));
            capped.push(of(fact).hit(!extra));
            visited.push(counted_other(fact, *facility));
            four.push(counted_other(fact, *facility).hit(full));
        }
        let takes_part = enrolled.iter().copied();
        let takes_part = takes_part.filter(|fact| fact.subject.as_deref() == Some(*facility));
        let own = visits.iter().map(of);
        let own = own.chain(takes_part.map(|fact| as_subject(fact).hit(false)));
        let key = format!("facility/{facility}");
        lines.push(Line::new(key, Fold::Units, own.collect()));
    }
    let mut beside = [
        Line::new("facilities", Fold::Units, visited),
        Line::new("facilities-with-4", Fold::Units, four),
        Line::new("capped-at-4", Fold::Units, capped),
    ];
    // The plan says ten facilities by four visits; the grid is held against both.
    let planned = Target::of(
        given.settings,
        Service::FacilityTechnicalSupport,
        given.scope.year,
    );
    let visits_max = u32::try_from(VISITS_MAX).unwrap_or(u32::MAX);
    let [facilities, with_four, capped] = &mut beside;
    for line in [facilities, with_four] {
        line.target = planned.divided(visits_max);
    }
    capped.target = Some(planned);
    Measured::new(Fold::Units, counted)
        .lines(beside)
        .lines(lines)
}

/// A fact as a counted unit of a facility or an advisor, who are never merged.
pub(super) fn counted_other(fact: &Stored, unit: impl Into<Arc<str>>) -> Counted {
    Counted::of(fact, fact.subject.as_deref(), unit)
}

/// A fact as its facility or advisor.
fn as_subject(fact: &Stored) -> Counted {
    counted_other(fact, code(fact.subject.as_deref()))
}

/// advisors in training, by the rule in force; both readings beside.
pub(crate) fn trainees(given: &Given<'_, '_>) -> Measured {
    let of = |kind| -> Vec<Counted> { given.within(kind).map(as_subject).collect() };
    let (active, completed) = (of(Kind::TrainingSession), of(Kind::TraineeCompleted));
    let sessions = given.within(Kind::TrainingSession);
    let sessions = sessions.map(|fact| counted_other(fact, fact.thing.as_str()));
    let lines = [
        Line::new("active", Fold::Units, active.clone()),
        Line::new("completed", Fold::Units, completed.clone()),
        Line::new("sessions", Fold::Units, sessions.collect()),
        Line::new("competency-gain", Fold::Mean, competency_gain(given)),
    ];
    let counted = match given.rules.trainees {
        Trainees::Active => active,
        Trainees::Completed => completed,
    };
    Measured::new(Fold::Units, counted).lines(lines)
}

/// Last level less first level, of each advisor and competency that was assessed twice or more.
fn competency_gain(given: &Given<'_, '_>) -> Vec<Counted> {
    let mut assessed: BTreeMap<(&str, &str), Vec<&Stored>> = BTreeMap::new();
    for fact in given.facts.of(Kind::CompetencyAssessed) {
        if fact.day.is_some_and(|day| day <= given.end()) {
            let key = (code(fact.subject.as_deref()), fact.thing.as_str());
            assessed.entry(key).or_default().push(fact);
        }
    }
    let mut gains = Vec::new();
    for ((trainee, competency), mut facts) in assessed {
        facts.sort_by_key(|fact| (fact.day, fact.position));
        if let [first, .., last] = facts.as_slice() {
            let gain = last
                .value
                .unwrap_or(0)
                .saturating_sub(first.value.unwrap_or(0));
            let counted = counted_other(last, format!("{trainee}/{competency}"));
            gains.push(counted.amount(gain).with([*first]));
        }
    }
    gains
}

/// persons whose disaster plan the centre supported, by the rule in force.
pub(crate) fn disaster_plans(given: &Given<'_, '_>) -> Measured {
    let drafted = given.facts.of(Kind::DisasterPlanDrafted);
    let persons: BTreeSet<&str> = drafted
        .iter()
        .filter_map(|fact| given.facts.person(fact))
        .collect();
    let (mut new, mut all, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
    for person in persons {
        let own = given.facts.person_facts(Kind::DisasterPlanDrafted, person);
        let Some(fact) = first(own.iter().copied()) else {
            continue;
        };
        if !given.period().holds(fact.day) {
            continue;
        }
        let others = own.iter().copied();
        let counted = given.counted(fact, person).with(others);
        all.push(counted.clone());
        if fact.says("district-centre") {
            excluded.push(Excluded::of(fact, person, "district-centre"));
        } else {
            new.push(counted);
        }
    }
    let verified: Vec<Counted> = given
        .within(Kind::DisasterPlanVerified)
        .filter_map(|fact| given.as_person(fact))
        .collect();
    let both: Vec<Counted> = new.iter().chain(&verified).cloned().collect();
    let lines = [
        Line::new("new", Fold::Units, new.clone()),
        Line::new("new-of-all-offices", Fold::Units, all),
        Line::new("verified", Fold::Units, verified),
        Line {
            target: Some(Target::of(
                given.settings,
                Service::DisasterPlanSupport,
                given.scope.year,
            )),
            ..Line::new("new-and-verified", Fold::Units, both.clone())
        },
    ];
    let counted = match given.rules.disaster_plans {
        DisasterPlans::New => new,
        DisasterPlans::NewAndVerified => both,
    };
    Measured::new(Fold::Units, counted)
        .without(excluded)
        .lines(lines)
}

/// The services with what was done for each.
pub(super) fn services(given: &Given<'_, '_>) -> [(Service, Measured); 5] {
    [
        (Service::SpecialistConsultation, contacts(given)),
        (Service::HomeLivingSupportPlan, support_plans(given)),
        (Service::FacilityTechnicalSupport, visits(given)),
        (Service::AdvisorTraining, trainees(given)),
        (Service::DisasterPlanSupport, disaster_plans(given)),
    ]
}

/// services that reached their planned number, of those that have one.
pub(super) fn achievement(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut lines = Vec::new();
    for (service, measured) in services(given) {
        let mut line = Line::new(service.code(), measured.fold, measured.counted);
        let target = Target::of(given.settings, service, given.scope.year);
        let actual = line.value.count().unwrap_or(0);
        line.achievement = Achievement::of(actual, target, given.settings, given.scope);
        line.target = Some(target);
        if let Some(achievement) = line.achievement {
            let reached = achievement.band == Band::Reached;
            let unit: Arc<str> = service.code().into();
            if line.counted.is_empty() {
                // What was planned and not begun is a service that did not reach its number, too.
                let set = planned_number(given, service);
                counted.extend(set.map(|set| Counted::of(set, None, Arc::clone(&unit)).hit(false)));
            }
            let events = line.counted.iter().cloned();
            counted.extend(events.map(|mut one| {
                one.unit = Arc::clone(&unit);
                one.hit(reached)
            }));
        }
        lines.push(line);
    }
    Measured::new(Fold::Share, counted).lines(lines)
}

/// The event that set a service's planned number for the year, or for every year.
fn planned_number<'a>(given: &Given<'_, 'a>, service: Service) -> Option<&'a Stored> {
    let year = given.scope.year.to_string();
    let all = given.facts.about(Kind::Setting, "planned-number-set");
    let own = |of: Option<&str>| {
        let mut newest_first = all.iter().rev().copied();
        newest_first
            .find(|set| set.detail.as_deref() == Some(service.code()) && set.other.as_deref() == of)
    };
    own(Some(&year)).or_else(|| own(None))
}

/// contacts of the period beside those of the same period of the year before; every service
/// in the breakdown.
pub(super) fn change(given: &Given<'_, '_>) -> Measured {
    let before = Given {
        scope: given.scope.year_before(),
        ..*given
    };
    let days = |given: &Given<'_, '_>| {
        let first = given.settings.starts_on().unwrap_or(given.period().first);
        let first = given.period().first.max(first);
        given.settings.business_days(first, given.period().last)
    };
    let fold = Fold::Change {
        now_days: days(given),
        before_days: days(&before),
    };
    let mut all = Vec::new();
    for ((service, now), (_, earlier)) in services(given).into_iter().zip(services(&before)) {
        let now = now.counted.into_iter().filter(|one| one.hit);
        let earlier = earlier.counted.into_iter().filter(|one| one.hit);
        let both = now.chain(earlier.map(|one| one.hit(false))).collect();
        all.push(Line::new(service.code(), fold, both));
    }
    let consultations = all.first().map(|line| line.counted.clone());
    Measured::new(fold, consultations.unwrap_or_default()).lines(all)
}
