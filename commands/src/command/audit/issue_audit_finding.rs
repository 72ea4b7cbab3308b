//! Issues a finding, with the question that led to it where there was one.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Severity;
use ledger_core::event::{AuditEvent, Draft, FindingIssued};
use ledger_core::id::{EngagementId, FindingId, LedgerId, QuestionId, StreamName};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::state::Audit;

/// Issues a finding, with the question that led to it where there was one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueAuditFinding {
    /// The audit.
    pub engagement: EngagementId,
    /// The finding's new id.
    pub finding: FindingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How grave.
    pub severity: Severity,
    /// The question that led to it.
    #[serde(default)]
    pub question: Option<QuestionId>,
    /// What.
    pub text: String,
}

impl Single for IssueAuditFinding {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        if audit.finding(self.finding).is_some() {
            return Err(Reason::AlreadyRecorded.on("finding"));
        }
        let asked = self.question.map(|question| audit.question(question));
        if asked.is_some_and(|asked| asked.is_none()) {
            return Err(Reason::QuestionNotFound.on("question"));
        }
        let event = AuditEvent::FindingIssued(FindingIssued {
            finding: self.finding,
            severity: self.severity,
            question: self.question,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
