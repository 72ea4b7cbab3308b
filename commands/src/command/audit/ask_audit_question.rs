//! Asks about one event.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AuditEvent, Draft, QuestionAsked};
use ledger_core::id::{EngagementId, EventId, LedgerId, QuestionId, StreamName};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::state::Audit;

/// Asks about one event.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskAuditQuestion {
    /// The audit.
    pub engagement: EngagementId,
    /// The question's new id.
    pub question: QuestionId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The event.
    pub event: EventId,
    /// What is asked.
    pub text: String,
}

impl Single for AskAuditQuestion {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        if audit.question(self.question).is_some() {
            return Err(Reason::AlreadyRecorded.on("question"));
        }
        let event = AuditEvent::QuestionAsked(QuestionAsked {
            question: self.question,
            event: self.event,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
