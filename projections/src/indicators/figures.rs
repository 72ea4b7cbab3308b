//! The keys of `figures` as lists: what each of them counts, event by event, so that it can be explained.
//!
//! The figures themselves are counted in SQL ([`crate::figures`]) and are the export's; these lists fold
//! to the same numbers, which the suite holds against each other. Neither follows merges or the rules
//! that were adopted.

use std::collections::{BTreeMap, BTreeSet};

use super::figures_on_day;
use super::fold::Fold;
use super::given::{Given, Groups};
use super::measure::{Counted, Excluded, Measured};
use super::scope::Period;
use super::table::Indicator;
use crate::facts::{Kind, Stored};
use crate::figures::RULES;

/// Visits to one facility in a year that count towards the plan.
const VISITS_MAX: usize = 4;

type Function = fn(&Given<'_, '_>) -> Measured;

/// Every key with what it is counted in.
const FIGURES: &[(&str, &str, Function)] = &[
    ("consultations", "件", |given| {
        things(given, Kind::Consultation)
    }),
    ("consultation_persons", "人", |given| {
        subjects(given, Kind::Consultation)
    }),
    ("consultations_anonymous", "件", anonymous),
    (
        "consultations_outside_hours",
        "件",
        super::e_reach::outside_hours_of_year,
    ),
    ("consultations_per_month", "件", per_month),
    ("referrals_made", "件", |given| {
        things(given, Kind::ReferralMade)
    }),
    ("referrals_declined", "件", |given| {
        referrals(given, &[Kind::ReferralDeclined])
    }),
    ("referrals_completed", "件", |given| {
        referrals(given, &[Kind::ReferralCompleted])
    }),
    ("referrals_closed_with_feedback", "件", |given| {
        referrals(given, &[Kind::ReferralCompleted, Kind::ReferralFedBack])
    }),
    ("support_plan_persons_first_agreed", "人", first_agreed),
    ("support_plan_revisions", "件", revisions),
    ("disaster_plans_new_persons", "人", new_plans),
    (
        "disaster_plans_verified_with_guardian_persons",
        "人",
        |given| subjects(given, Kind::DisasterPlanVerified),
    ),
    ("facility_visits", "回", |given| {
        things(given, Kind::FacilityVisit)
    }),
    ("facility_visits_capped_at_4", "回", capped),
    ("facilities_visited", "か所", |given| {
        subjects(given, Kind::FacilityVisit)
    }),
    ("facilities_with_4_or_more", "か所", often_visited),
    ("advisors_active", "名", |given| {
        subjects(given, Kind::TrainingSession)
    }),
    ("advisors_completed", "名", |given| {
        subjects(given, Kind::TraineeCompleted)
    }),
    ("disaster_plans_current", "人", |given| {
        figures_on_day::plans(given, true)
    }),
    ("disaster_plans_overdue", "人", |given| {
        figures_on_day::plans(given, false)
    }),
    ("persons", "人", figures_on_day::persons),
    ("ventilator_users", "人", figures_on_day::ventilator),
    ("movable_persons", "人", figures_on_day::movable),
];

/// The key of a figure as an indicator: measured, listed and compared like those of the committee.
#[must_use]
pub fn figure(key: &str) -> Option<Indicator> {
    let rule = RULES.iter().find(|rule| rule.key == key)?;
    let (_, unit_ja, measure) = FIGURES.iter().find(|(known, ..)| *known == key)?;
    Some(Indicator {
        id: rule.key,
        ja: rule.ja,
        en: rule.en,
        definition_ja: rule.ja,
        definition_en: rule.en,
        denominator_ja: "",
        unit_ja,
        rule: rule.rule,
        stated: rule.stated,
        service: None,
        is_adoptable: false,
        measure: *measure,
    })
}

/// The whole fiscal year, whatever the day.
pub(super) fn year(given: &Given<'_, '_>) -> Period {
    Period {
        first: given.scope.year.first_day(),
        last: given.scope.year.last_day(),
    }
}

fn within<'a>(given: &Given<'a, '_>, kind: Kind) -> impl Iterator<Item = &'a Stored> {
    given.facts.within(kind, year(given))
}

/// A fact that counts as a unit, about whom the stream says.
pub(super) fn one(fact: &Stored, unit: impl Into<String>) -> Counted {
    Counted::of(fact, fact.subject.as_deref(), unit)
}

/// A fact that counts as its person, facility or advisor; nothing where it has none.
pub(super) fn as_subject(fact: &Stored) -> Option<Counted> {
    Some(one(fact, fact.subject.as_deref()?))
}

pub(super) const fn units(counted: Vec<Counted>) -> Measured {
    Measured::new(Fold::Units, counted)
}

/// The things of a kind in the year.
fn things(given: &Given<'_, '_>, kind: Kind) -> Measured {
    let facts = within(given, kind);
    units(facts.map(|fact| one(fact, fact.thing.as_str())).collect())
}

/// Those about whom the facts of a kind in the year are.
fn subjects(given: &Given<'_, '_>, kind: Kind) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for fact in within(given, kind) {
        match as_subject(fact) {
            Some(one) => counted.push(one),
            None => excluded.push(Excluded::of(fact, &fact.thing, "anonymous")),
        }
    }
    units(counted).without(excluded)
}

fn anonymous(given: &Given<'_, '_>) -> Measured {
    let facts = within(given, Kind::Consultation).filter(|fact| fact.subject.is_none());
    units(facts.map(|fact| one(fact, fact.thing.as_str())).collect())
}

fn per_month(given: &Given<'_, '_>) -> Measured {
    let all = things(given, Kind::Consultation);
    let mut months = Groups::default();
    for one in &all.counted {
        let month = one.day.map(|day| day.format("%Y-%m").to_string());
        months.add(month.unwrap_or_default(), one.clone());
    }
    all.lines(months.lines(Fold::Units))
}

/// The referrals of the year that took every one of some steps, whenever.
fn referrals(given: &Given<'_, '_>, steps: &[Kind]) -> Measured {
    let mut counted = Vec::new();
    for made in within(given, Kind::ReferralMade).filter(|made| made.subject.is_some()) {
        let of = |kind: &Kind| {
            let taken = given.facts.about(*kind, &made.thing).iter().copied();
            taken.filter(|step| step.subject == made.subject)
        };
        if steps.iter().all(|kind| of(kind).next().is_some()) {
            let taken = steps.iter().flat_map(of);
            counted.push(one(made, made.thing.as_str()).with(taken));
        }
    }
    units(counted)
}

fn first_agreed(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for fact in within(given, Kind::SupportPlanAgreed) {
        if fact.value == Some(1) {
            counted.extend(as_subject(fact));
        } else {
            let unit = fact.subject.as_deref().unwrap_or_default();
            excluded.push(Excluded::of(fact, unit, "later-version"));
        }
    }
    units(counted).without(excluded)
}

/// Every writing of a later version counts by itself.
fn revisions(given: &Given<'_, '_>) -> Measured {
    let facts = within(given, Kind::SupportPlanRevised);
    let unit = |fact: &Stored| format!("{}/{}", fact.thing, fact.event);
    units(facts.map(|fact| one(fact, unit(fact))).collect())
}

/// Persons whose first dated plan lies in the year.
fn new_plans(given: &Given<'_, '_>) -> Measured {
    let mut persons: BTreeMap<Option<&str>, Vec<&Stored>> = BTreeMap::new();
    let drafted = given.facts.of(Kind::DisasterPlanDrafted).iter().copied();
    for fact in drafted.filter(|fact| fact.day.is_some()) {
        persons
            .entry(fact.subject.as_deref())
            .or_default()
            .push(fact);
    }
    let counted = persons.into_iter().filter_map(|(person, drafted)| {
        let first = drafted.iter().copied();
        let first = first.min_by_key(|fact| (fact.day, fact.position))?;
        let counts = year(given).holds(first.day);
        counts.then(|| one(first, person.unwrap_or_default()).with(drafted))
    });
    units(counted.collect())
}

/// The visits of the year by facility, in their order.
fn visits<'a>(given: &Given<'a, '_>) -> BTreeMap<Option<&'a str>, Vec<&'a Stored>> {
    let mut facilities: BTreeMap<Option<&str>, Vec<&Stored>> = BTreeMap::new();
    for fact in within(given, Kind::FacilityVisit) {
        facilities
            .entry(fact.subject.as_deref())
            .or_default()
            .push(fact);
    }
    for visits in facilities.values_mut() {
        visits.sort_by_key(|fact| (fact.day, fact.position));
    }
    facilities
}

fn capped(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    for visits in visits(given).into_values() {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for fact in &visits {
            let is_new = !seen.contains(fact.thing.as_str());
            if is_new && seen.len() >= VISITS_MAX {
                let first = visits.iter().copied().take(VISITS_MAX);
                let over = Excluded::of(fact, &fact.thing, "over-4-visits");
                excluded.push(over.with(first));
                continue;
            }
            seen.insert(&fact.thing);
            counted.push(one(fact, fact.thing.as_str()));
        }
    }
    units(counted).without(excluded)
}

fn often_visited(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    for visits in visits(given).into_values() {
        let distinct: BTreeSet<&str> = visits.iter().map(|fact| fact.thing.as_str()).collect();
        if distinct.len() >= VISITS_MAX {
            let all = visits.iter().copied();
            counted.extend(visits.iter().filter_map(|fact| {
                let facility = as_subject(fact)?;
                Some(facility.with(all.clone()))
            }));
        }
    }
    units(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_figures_has_its_list() {
        let keys: Vec<&str> = RULES.iter().map(|rule| rule.key).collect();
        let listed: Vec<&str> = FIGURES.iter().map(|(key, ..)| *key).collect();

        assert_eq!(keys, listed);
        assert!(keys.iter().all(|key| figure(key).is_some()));
        assert!(figure("A-1").is_none());
    }
}
