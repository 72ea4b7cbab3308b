//! Refuses an approval, or takes back what one asked for.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ApprovalEvent, ApprovalRefused, Draft};
use ledger_core::id::{ApprovalId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::undecided;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::required;
use crate::state::Approval;

/// Refuses an approval, or takes back what one asked for.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseApproval {
    /// The approval.
    pub approval: ApprovalId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for RefuseApproval {
    type State = Approval;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::approval(self.approval)
    }

    fn drafts(&self, approval: &Approval, context: &Context) -> Result<Vec<Draft>, Rejection> {
        undecided(approval, self.occurred, context)?;
        let event = ApprovalEvent::Refused(ApprovalRefused {
            approval: self.approval,
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
