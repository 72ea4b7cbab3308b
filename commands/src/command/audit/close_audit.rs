//! Closes an audit; where a question or finding is left open, with the reason.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AuditClosed, AuditEvent, Draft};
use ledger_core::id::{EngagementId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::Audit;

/// Closes an audit; where a question or finding is left open, with the reason.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseAudit {
    /// The audit.
    pub engagement: EngagementId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why, where a question or finding is left open.
    #[serde(default)]
    pub reason: Option<String>,
    /// What the audit says as a whole.
    #[serde(default)]
    pub text: Option<String>,
}

impl Single for CloseAudit {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        let reason = private(self.reason.as_deref());
        if !audit.is_settled() && reason.text().is_none() {
            return Err(Reason::AuditNotSettled.on("reason"));
        }
        let event = AuditEvent::Closed(AuditClosed {
            reason,
            text: private(self.text.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
