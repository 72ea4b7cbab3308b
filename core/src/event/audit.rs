//! An audit (監査): its scope, its sample, questions, answers, findings and their clearance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{SamplingMethod, Severity};
use crate::id::{EngagementId, EventId, FindingId, Position, QuestionId};
use crate::private::Private;

events! {
    /// One audit engagement.
    pub enum AuditEvent {
        /// An audit began, with its scope.
        "audit-opened" @ 1 record => Opened(AuditOpened),
        /// A sample was drawn from a recorded seed, so that anybody draws the same.
        "sample-drawn" @ 1 clear => SampleDrawn(SampleDrawn),
        /// The auditor asked about an event.
        "audit-question-asked" @ 1 record => QuestionAsked(QuestionAsked),
        /// A question was answered.
        "audit-answer-given" @ 1 record => AnswerGiven(AnswerGiven),
        /// The auditor found something.
        "audit-finding-issued" @ 1 record => FindingIssued(FindingIssued),
        /// A finding was cleared.
        "audit-finding-cleared" @ 1 record => FindingCleared(FindingCleared),
        /// The log was recomputed.
        "chain-verified" @ 1 clear => ChainVerified(ChainVerified),
        /// The audit ended.
        "audit-closed" @ 1 record => Closed(AuditClosed),
    }
}

/// An audit began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditOpened {
    /// The audit.
    pub engagement: EngagementId,
    /// First position in its scope.
    pub from_position: Position,
    /// Last position in its scope.
    pub to_position: Position,
    /// What it looks at.
    pub scope: Private<Option<String>>,
}

/// A sample was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SampleDrawn {
    /// How.
    pub method: SamplingMethod,
    /// The seed, as [`crate::sample::draw`] takes it.
    pub seed: String,
    /// First position from which it was drawn.
    pub from_position: Position,
    /// Last position from which it was drawn.
    pub to_position: Position,
    /// The events, in the order in which they were drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventId>,
}

/// The auditor asked about an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionAsked {
    /// The question.
    pub question: QuestionId,
    /// The event.
    pub event: EventId,
    /// What was asked.
    pub text: Private<Option<String>>,
}

/// A question was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerGiven {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub text: Private<Option<String>>,
}

/// The auditor found something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingIssued {
    /// The finding.
    pub finding: FindingId,
    /// How grave.
    pub severity: Severity,
    /// The question that led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
    /// What.
    pub text: Private<Option<String>>,
}

/// A finding was cleared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingCleared {
    /// The finding.
    pub finding: FindingId,
    /// Events that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EventId>,
    /// How.
    pub text: Private<Option<String>>,
}

/// The log was recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChainVerified {
    /// Up to this position.
    pub position: Position,
    /// The root there, hex.
    pub root: String,
    /// Whether nothing was wrong.
    pub clean: bool,
}

/// The audit ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditClosed {
    /// Why, where questions or findings are left open.
    pub reason: Private<Option<String>>,
    /// What it says as a whole.
    pub text: Private<Option<String>>,
}
