//! Grants what somebody else asked for.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ApprovalEvent, ApprovalGranted, Draft};
use ledger_core::id::{ApprovalId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::{follows, undecided};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::Approval;

/// Grants what somebody else asked for.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantApproval {
    /// The approval.
    pub approval: ApprovalId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for GrantApproval {
    type State = Approval;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::approval(self.approval)
    }

    fn drafts(&self, approval: &Approval, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let asked = undecided(approval)?;
        follows(asked, self.occurred, context)?;
        if asked.by == context.actor {
            return Err(Reason::SamePersonApproves.on("approval"));
        }
        let event = ApprovalEvent::Granted(ApprovalGranted {
            approval: self.approval,
            granted_by: context.actor.clone(),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
