//! Answers an auditor's question, once.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AnswerGiven, AuditEvent, Draft};
use ledger_core::id::{EngagementId, LedgerId, QuestionId, StreamName};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::state::{Audit, Matter};

/// Answers an auditor's question, once.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveAuditAnswer {
    /// The audit.
    pub engagement: EngagementId,
    /// The question.
    pub question: QuestionId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The answer.
    pub text: String,
}

impl Single for GiveAuditAnswer {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        match audit.question(self.question) {
            None => return Err(Reason::QuestionNotFound.on("question")),
            Some(Matter::Settled) => return Err(Reason::AlreadyRecorded.on("question")),
            Some(Matter::Open) => {},
        }
        let event = AuditEvent::AnswerGiven(AnswerGiven {
            question: self.question,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
