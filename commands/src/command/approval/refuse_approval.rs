//! Refuses an approval, which takes the right to give one, or takes back what one asked for oneself.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ApprovalEvent, ApprovalRefused, Draft};
use ledger_core::id::{ApprovalId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::{follows, undecided, unused};
use crate::authorise::{Action, Assignment, Subject, authorise};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::required;
use crate::state::Approval;

/// Refuses an approval, or takes back what one asked for as long as it was not used.
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
        let asked = match &approval.asked {
            // Granted and not needed after all.
            Some(asked) if asked.by == context.actor => unused(approval, asked)?,
            Some(_) | None => undecided(approval)?,
        };
        follows(asked, self.occurred, context)?;
        if asked.by != context.actor {
            let (ledger, nobody) = (Subject::Ledger, Assignment::None);
            authorise(context.role, Action::Approve, ledger, nobody)?;
        }
        let event = ApprovalEvent::Refused(ApprovalRefused {
            approval: self.approval,
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
