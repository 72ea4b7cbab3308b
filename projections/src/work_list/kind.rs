//! What there is to do, and how urgent it is.

use serde::Serialize;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkKind {
    /// Nobody said that a referral arrived.
    ReferralReceipt,
    /// Nobody decided on a referral that arrived.
    ReferralDecision,
    /// What a referral asks for is not done.
    ReferralCompletion,
    /// The centre did not decide on what another office referred to it.
    IncomingDecision,
    /// What another office asked of the centre is not done.
    IncomingCompletion,
    /// The office that referred somebody to the centre did not hear what came of it.
    IncomingFeedback,
    /// A hospital told of a discharge, and no plan was begun.
    DischargeNotice,
    /// A drafted plan is to be agreed before the discharge.
    PlanAgreement,
    /// An agreed plan is to be monitored.
    PlanMonitoring,
    /// A disaster plan is to be verified with the family, once a year.
    DisasterPlan,
    /// A disaster plan is to be looked at again after a change, or revised as its verification found.
    DisasterRecheck,
    /// A follow-up.
    FollowUp,
    /// A person turns 18 and is asked for their own consent.
    Reconsent,
    /// A consent runs out.
    ConsentEnds,
    /// A recommendation of the committee has no answer.
    Recommendation,
    /// A request to Tokyo or to the state has no answer.
    Request,
}

impl WorkKind {
    /// Every kind, in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::ReferralReceipt,
        Self::ReferralDecision,
        Self::ReferralCompletion,
        Self::IncomingDecision,
        Self::IncomingCompletion,
        Self::IncomingFeedback,
        Self::DischargeNotice,
        Self::PlanAgreement,
        Self::PlanMonitoring,
        Self::DisasterPlan,
        Self::DisasterRecheck,
        Self::FollowUp,
        Self::Reconsent,
        Self::ConsentEnds,
        Self::Recommendation,
        Self::Request,
    ];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReferralReceipt => "referral-receipt",
            Self::ReferralDecision => "referral-decision",
            Self::ReferralCompletion => "referral-completion",
            Self::IncomingDecision => "incoming-decision",
            Self::IncomingCompletion => "incoming-completion",
            Self::IncomingFeedback => "incoming-feedback",
            Self::DischargeNotice => "discharge-notice",
            Self::PlanAgreement => "plan-agreement",
            Self::PlanMonitoring => "plan-monitoring",
            Self::DisasterPlan => "disaster-plan",
            Self::DisasterRecheck => "disaster-recheck",
            Self::FollowUp => "follow-up",
            Self::Reconsent => "reconsent",
            Self::ConsentEnds => "consent-ends",
            Self::Recommendation => "recommendation",
            Self::Request => "request",
        }
    }
}

/// How urgent it is; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkState {
    /// Overdue for a year and a half since the last verification.
    LongOverdue,
    /// Its day has passed.
    Overdue,
    /// A change, or what a verification found, asks for it, whatever the calendar says.
    NeedsRecheck,
    /// Its day comes.
    Due,
}

/// What asks for something to be done, where its kind does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// Daily medical care began.
    CareStarted,
    /// Daily medical care ended.
    CareEnded,
    /// A guardian came or went.
    Guardian,
    /// The person moved.
    Home,
    /// The person is on a ventilator, and the centre still supports the plan.
    VentilatorNotCentre,
    /// The last verification found that the plan has to be revised.
    RevisionAsked,
}
