//! The terms by which the list judges: what holds until the ward sets another, and where each is from.

use serde::Serialize;

use super::WorkKind;
use crate::settings::Settings;
use crate::yearly_clock::YearlyClock;

/// A term with what holds until the ward sets another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// Its name among the settings.
    name: &'static str,
    kind: WorkKind,
    days: i64,
    business_days: bool,
    /// Whether the ward's paper states it.
    stated: bool,
}

const fn days(name: &'static str, kind: WorkKind, days: i64) -> Term {
    Term {
        name,
        kind,
        days,
        business_days: false,
        stated: false,
    }
}

/// Nobody said yet that a referral arrived.
pub(super) const RECEIPT: Term = Term {
    business_days: true,
    ..days("referral-receipt", WorkKind::ReferralReceipt, 3)
};
/// Nobody decided yet on a referral.
pub(super) const DECISION: Term = Term {
    business_days: true,
    ..days("referral-decision", WorkKind::ReferralDecision, 10)
};
/// The centre told an office that had referred somebody to it what came of it, so long after the end.
pub(super) const FEEDBACK: Term = Term {
    business_days: true,
    ..days("referral-feedback", WorkKind::IncomingFeedback, 10)
};
/// A referral's day of completion is shown so long before it.
pub(super) const COMPLETION_AHEAD: Term =
    days("referral-completion-ahead", WorkKind::ReferralCompletion, 7);
/// A plan is agreed so long before the planned discharge.
pub(super) const AGREEMENT: Term = days(
    "plan-agreement-before-discharge",
    WorkKind::PlanAgreement,
    14,
);
/// That is shown so long before its day.
pub(super) const AGREEMENT_AHEAD: Term = days("plan-agreement-ahead", WorkKind::PlanAgreement, 14);
/// A monitoring is shown so long before its day.
pub(super) const MONITORING_AHEAD: Term =
    days("plan-monitoring-ahead", WorkKind::PlanMonitoring, 30);
/// A disaster plan is verified again: about once a year, says the paper.
pub(super) const VERIFICATION: Term = Term {
    stated: true,
    ..days(
        "disaster-plan-verification",
        WorkKind::DisasterPlan,
        YearlyClock::PROPOSED.due,
    )
};
/// That is shown so long before its day.
pub(super) const DUE_SOON: Term = days(
    "disaster-plan-due-soon",
    WorkKind::DisasterPlan,
    YearlyClock::PROPOSED.soon,
);
/// It is long overdue so long after the last verification.
pub(super) const LONG_OVERDUE: Term = days(
    "long-overdue",
    WorkKind::DisasterPlan,
    YearlyClock::PROPOSED.long,
);
/// A follow-up is shown so long before its day.
pub(super) const FOLLOW_UP_AHEAD: Term = days("follow-up-ahead", WorkKind::FollowUp, 7);
/// A consent that runs out is shown so long before.
pub(super) const CONSENT_AHEAD: Term = days("consent-ends-ahead", WorkKind::ConsentEnds, 30);
/// An answer to a recommendation is shown so long before its day.
pub(super) const RECOMMENDATION_AHEAD: Term =
    days("recommendation-ahead", WorkKind::Recommendation, 30);
/// An answer to a request is shown so long before its day.
pub(super) const REQUEST_AHEAD: Term = days("request-ahead", WorkKind::Request, 30);

const ALL: &[Term] = &[
    RECEIPT,
    DECISION,
    FEEDBACK,
    COMPLETION_AHEAD,
    AGREEMENT,
    AGREEMENT_AHEAD,
    MONITORING_AHEAD,
    VERIFICATION,
    DUE_SOON,
    LONG_OVERDUE,
    FOLLOW_UP_AHEAD,
    CONSENT_AHEAD,
    RECOMMENDATION_AHEAD,
    REQUEST_AHEAD,
];

/// Where a term is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermSource {
    /// The ward's paper.
    Paper,
    /// Nobody decided it; it is proposed with this program.
    Assumed,
    /// The ward set another than was proposed.
    Set,
}

/// A term as it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TermInForce {
    /// Its name among the settings.
    pub term: &'static str,
    /// The kind of work that it is about.
    pub kind: WorkKind,
    /// How many days.
    pub days: i64,
    /// Business days rather than days.
    pub business_days: bool,
    /// Where it is from.
    pub source: TermSource,
}

impl Term {
    /// The term as it holds under settings.
    pub(super) fn in_force(self, settings: &Settings) -> TermInForce {
        let own = (self.days, self.business_days);
        let set = settings.term(self.name);
        let held = set.map_or(own, |set| (i64::from(set.days), set.business_days));
        let source = match (held == own, self.stated) {
            (false, _) => TermSource::Set,
            (true, true) => TermSource::Paper,
            (true, false) => TermSource::Assumed,
        };
        TermInForce {
            term: self.name,
            kind: self.kind,
            days: held.0,
            business_days: held.1,
            source,
        }
    }
}

/// Every term by which the list judges, as it holds under settings, in the order of the list.
#[must_use]
pub fn terms_in_force(settings: &Settings) -> Vec<TermInForce> {
    ALL.iter().map(|term| term.in_force(settings)).collect()
}
