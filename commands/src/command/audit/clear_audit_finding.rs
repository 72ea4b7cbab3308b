//! Clears a finding by the events that show its remedy; also after the audit was closed.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AuditEvent, Draft, FindingCleared};
use ledger_core::id::{EngagementId, EventId, FindingId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::opened;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::{Audit, Matter};

/// Clears a finding by the events that show its remedy; also after the audit was closed.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearAuditFinding {
    /// The audit.
    pub engagement: EngagementId,
    /// The finding.
    pub finding: FindingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Events that show it; one or more.
    #[serde(default)]
    pub evidence: Vec<EventId>,
    /// How.
    #[serde(default)]
    pub text: Option<String>,
}

impl Single for ClearAuditFinding {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        opened(audit, self.occurred, context)?;
        match audit.finding(self.finding) {
            None => return Err(Reason::FindingNotFound.on("finding")),
            Some(Matter::Settled) => return Err(Reason::AlreadyRecorded.on("finding")),
            Some(Matter::Open) => {},
        }
        if self.evidence.is_empty() {
            return Err(Reason::MissingValue.on("evidence"));
        }
        let event = AuditEvent::FindingCleared(FindingCleared {
            finding: self.finding,
            evidence: self.evidence.clone(),
            text: private(self.text.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
