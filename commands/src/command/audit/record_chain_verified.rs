//! Records that the log was recomputed up to a position, and with what result.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AuditEvent, ChainVerified, Draft};
use ledger_core::id::{EngagementId, LedgerId, Position, StreamName};
use ledger_core::time::Occurred;

use super::goes_on;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::hash::hash;
use crate::state::Audit;

/// Records that the log was recomputed up to a position, and with what result.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordChainVerified {
    /// The audit.
    pub engagement: EngagementId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Up to this position.
    pub position: Position,
    /// The root there, 64 hex digits.
    pub root: String,
    /// Whether nothing was wrong.
    pub clean: bool,
}

impl Single for RecordChainVerified {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        goes_on(audit, self.occurred, context)?;
        let event = AuditEvent::ChainVerified(ChainVerified {
            position: self.position,
            root: hash(&self.root, "root")?,
            clean: self.clean,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
