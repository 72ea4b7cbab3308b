//! What the figures of a fiscal year count: the indicators' own lists, by the first reading of each rule.

use crate::facts::{Kind, Stored};
use crate::indicators::e_reach;
use crate::indicators::{Fold, Given, Line, Measured};
use crate::indicators::{a_contacts, a_volume};

/// A list of an indicator's breakdown as a figure of its own.
fn line(measured: Measured, key: &str) -> Measured {
    let mut lines = measured.lines.into_iter();
    let line = lines.find(|line| line.key == key);
    let counted = line.map(|line| line.counted).unwrap_or_default();
    Measured::new(Fold::Units, counted)
}

/// Only what an indicator counts, without its breakdown.
fn alone(measured: Measured) -> Measured {
    Measured::new(measured.fold, measured.counted).without(measured.excluded)
}

pub(super) fn consultations(given: &Given<'_, '_>) -> Measured {
    alone(a_contacts::contacts(given))
}

pub(super) fn persons(given: &Given<'_, '_>) -> Measured {
    alone(a_contacts::persons(given))
}

pub(super) fn anonymous(given: &Given<'_, '_>) -> Measured {
    line(a_contacts::contacts(given), "anonymous")
}

pub(super) fn per_month(given: &Given<'_, '_>) -> Measured {
    let contacts = a_contacts::contacts(given);
    let of_month = |mut line: Line| {
        line.key = line.key.strip_prefix("month/")?.to_owned();
        Some(line)
    };
    let months = contacts.lines.into_iter().filter_map(of_month).collect();
    Measured {
        fold: contacts.fold,
        counted: contacts.counted,
        excluded: Vec::new(),
        lines: months,
    }
}

pub(super) fn outside_hours(given: &Given<'_, '_>) -> Measured {
    let contacts = e_reach::outside_hours(given);
    let outside = contacts.counted.into_iter().filter(|one| one.hit);
    Measured::new(Fold::Units, outside.collect()).without(contacts.excluded)
}

/// Referrals made in the year that went through each of some steps, whenever.
fn referrals_with(given: &Given<'_, '_>, steps: &[Kind]) -> Measured {
    let made = given.within(Kind::ReferralMade);
    let counted = made.filter_map(|made| {
        let of_referral = |kind: &Kind| {
            let mut about = given.facts.about(*kind, &made.thing).iter();
            let person = given.facts.person(made);
            about.find(|step| given.facts.person(step) == person)
        };
        let through: Option<Vec<&&Stored>> = steps.iter().map(of_referral).collect();
        let counted = given.counted(made, made.thing.as_str());
        Some(counted.with(through?.into_iter().copied()))
    });
    Measured::new(Fold::Units, counted.collect())
}

pub(super) fn referrals(given: &Given<'_, '_>) -> Measured {
    referrals_with(given, &[])
}

pub(super) fn declined(given: &Given<'_, '_>) -> Measured {
    referrals_with(given, &[Kind::ReferralDeclined])
}

pub(super) fn completed(given: &Given<'_, '_>) -> Measured {
    referrals_with(given, &[Kind::ReferralCompleted])
}

pub(super) fn fed_back(given: &Given<'_, '_>) -> Measured {
    referrals_with(given, &[Kind::ReferralCompleted, Kind::ReferralFedBack])
}

pub(super) fn first_agreed(given: &Given<'_, '_>) -> Measured {
    alone(a_volume::support_plans(given))
}

pub(super) fn revisions(given: &Given<'_, '_>) -> Measured {
    let revised = given.within(Kind::SupportPlanRevised);
    let counted = revised.map(|fact| given.counted(fact, fact.event.to_string()));
    Measured::new(Fold::Units, counted.collect())
}

pub(super) fn new_disaster_plans(given: &Given<'_, '_>) -> Measured {
    line(a_volume::disaster_plans(given), "new-of-all-offices")
}

pub(super) fn verified(given: &Given<'_, '_>) -> Measured {
    line(a_volume::disaster_plans(given), "verified")
}

pub(super) fn visits(given: &Given<'_, '_>) -> Measured {
    alone(a_volume::visits(given))
}

pub(super) fn visits_capped(given: &Given<'_, '_>) -> Measured {
    line(a_volume::visits(given), "capped-at-4")
}

pub(super) fn facilities(given: &Given<'_, '_>) -> Measured {
    line(a_volume::visits(given), "facilities")
}

pub(super) fn facilities_with_4(given: &Given<'_, '_>) -> Measured {
    line(a_volume::visits(given), "facilities-with-4")
}

pub(super) fn advisors_active(given: &Given<'_, '_>) -> Measured {
    line(a_volume::trainees(given), "active")
}

pub(super) fn advisors_completed(given: &Given<'_, '_>) -> Measured {
    line(a_volume::trainees(given), "completed")
}
