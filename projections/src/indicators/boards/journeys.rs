//! The ways of the persons served, all together: how many days lie between one step and the next.

use ledger_core::time::Day;

use crate::facts::{Kind, Stored};
use crate::indicators::fact_set::{first, until};
use crate::indicators::given::Given;
use crate::indicators::scope::days_between;
use crate::small_cells::SHOWN_MIN;

/// From one step of a person's way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// From the first consultation until a home-living support plan is asked for or drafted.
    ContactToPlan,
    /// From there until its first version is agreed.
    PlanToAgreement,
    /// From the agreement until the discharge.
    AgreementToDischarge,
    /// From the discharge until the next consultation.
    DischargeToContact,
    /// From the first consultation until the first referral.
    ContactToReferral,
    /// From the first referral until it is accepted.
    ReferralToAcceptance,
    /// From the first referral until its result is reported.
    ReferralToFeedback,
    /// From the first consultation until a disaster plan is drafted.
    ContactToDisasterPlan,
    /// From there until it is first verified with the family.
    DisasterPlanToVerification,
}

impl Leg {
    /// Every one, in the order of a way.
    pub const ALL: [Self; 9] = [
        Self::ContactToPlan,
        Self::PlanToAgreement,
        Self::AgreementToDischarge,
        Self::DischargeToContact,
        Self::ContactToReferral,
        Self::ReferralToAcceptance,
        Self::ReferralToFeedback,
        Self::ContactToDisasterPlan,
        Self::DisasterPlanToVerification,
    ];
}

/// A part of the way, of everybody who went it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// From where to where.
    pub leg: Leg,
    /// How many persons went it; each counts once.
    pub persons: i64,
    /// Records of its last step that have no day, so that nobody knows how long it took.
    pub undated: i64,
    /// Half of them took no longer; none where fewer than five went it, whose days would be theirs.
    pub median_days: Option<i64>,
}

/// How long each part of the way took whoever had gone it by the end of the period, since the trial began.
#[must_use]
pub fn journeys(given: &Given<'_, '_>) -> Vec<Journey> {
    let people = given.people();
    let legs = Leg::ALL.into_iter().map(|leg| {
        let gone = people
            .keys()
            .filter_map(|person| days_of(given, person, leg));
        let mut days: Vec<i64> = gone.collect();
        days.sort_unstable();
        let persons = i64::try_from(days.len()).unwrap_or(i64::MAX);
        Journey {
            leg,
            persons,
            undated: undated(given, leg),
            median_days: (persons >= SHOWN_MIN).then(|| median(&days)),
        }
    });
    legs.collect()
}

/// How many records of a part's last step have no day: registers have none of a referral's report.
fn undated(given: &Given<'_, '_>, leg: Leg) -> i64 {
    let kind = match leg {
        Leg::ContactToPlan => Kind::SupportPlanDrafted,
        Leg::PlanToAgreement => Kind::SupportPlanAgreed,
        Leg::AgreementToDischarge => Kind::Discharged,
        Leg::DischargeToContact => Kind::Consultation,
        Leg::ContactToReferral => Kind::ReferralMade,
        Leg::ReferralToAcceptance => Kind::ReferralAccepted,
        Leg::ReferralToFeedback => Kind::ReferralFedBack,
        Leg::ContactToDisasterPlan => Kind::DisasterPlanDrafted,
        Leg::DisasterPlanToVerification => Kind::DisasterPlanVerified,
    };
    let undated = given
        .facts
        .of(kind)
        .iter()
        .filter(|fact| fact.day.is_none());
    i64::try_from(undated.count()).unwrap_or(i64::MAX)
}

/// The middle one of sorted days; of two in the middle what lies between them, whole.
fn median(days: &[i64]) -> i64 {
    let half = days.len().div_euclid(2);
    let upper = days.get(half).copied().unwrap_or(0);
    let lower = days.len().saturating_sub(1).div_euclid(2);
    let lower = days.get(lower).copied().unwrap_or(0);
    lower.midpoint(upper)
}

/// How long a person took for a part of the way; none who did not go it.
fn days_of(given: &Given<'_, '_>, person: &str, leg: Leg) -> Option<i64> {
    let way = Way { given, person };
    let contact = || way.first(Kind::Consultation);
    let plan = || {
        let asked = way.all(Kind::SupportPlanRequested);
        first(asked.chain(way.all(Kind::SupportPlanDrafted)))
    };
    let referral = || way.first(Kind::ReferralMade);
    let (from, to) = match leg {
        Leg::ContactToPlan => (contact()?, plan()?),
        Leg::PlanToAgreement => {
            let plan = plan()?;
            (plan, way.of(Kind::SupportPlanAgreed, plan)?)
        },
        Leg::AgreementToDischarge => {
            let agreed = way.of(Kind::SupportPlanAgreed, plan()?)?;
            (agreed, way.after(Kind::Discharged, agreed)?)
        },
        Leg::DischargeToContact => {
            let left = way.first(Kind::Discharged)?;
            (left, way.after(Kind::Consultation, left)?)
        },
        Leg::ContactToReferral => (contact()?, referral()?),
        Leg::ReferralToAcceptance => {
            let made = referral()?;
            (made, way.of(Kind::ReferralAccepted, made)?)
        },
        Leg::ReferralToFeedback => {
            let made = referral()?;
            (made, way.of(Kind::ReferralFedBack, made)?)
        },
        Leg::ContactToDisasterPlan => (contact()?, way.first(Kind::DisasterPlanDrafted)?),
        Leg::DisasterPlanToVerification => {
            let plan = way.first(Kind::DisasterPlanDrafted)?;
            (plan, way.of(Kind::DisasterPlanVerified, plan)?)
        },
    };
    let days = days_between(from.day?, to.day?);
    // What stands in the other order was no way from one to the other.
    (days >= 0).then_some(days)
}

/// The way of one person.
struct Way<'g, 'a, 'f> {
    given: &'g Given<'a, 'f>,
    person: &'g str,
}

impl<'a> Way<'_, 'a, '_> {
    fn end(&self) -> Day {
        self.given.end()
    }

    fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Stored> {
        until(self.given.facts.person_facts(kind, self.person), self.end())
    }

    fn first(&self, kind: Kind) -> Option<&'a Stored> {
        first(self.all(kind))
    }

    /// The first of a kind about the thing of a fact.
    fn of(&self, kind: Kind, thing: &Stored) -> Option<&'a Stored> {
        first(until(
            self.given.facts.about(kind, &thing.thing),
            self.end(),
        ))
    }

    /// The first of a kind on the day of a fact or after it.
    fn after(&self, kind: Kind, fact: &Stored) -> Option<&'a Stored> {
        let (day, place) = (fact.day, fact.position);
        first(
            self.all(kind)
                .filter(move |one| (one.day, one.position) > (day, place)),
        )
    }
}
