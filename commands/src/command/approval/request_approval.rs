//! Asks for an approval that somebody else grants.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::ApprovalAct;
use ledger_core::event::{ApprovalEvent, ApprovalRequested, Draft};
use ledger_core::id::{ApprovalId, EventId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::rule::time;
use crate::state::Approval;

/// Asks for an approval that somebody else grants.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestApproval {
    /// The approval's new id.
    pub approval: ApprovalId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What is to be done.
    pub act: ApprovalAct,
    /// The stream in which it is to be done.
    pub stream: StreamName,
    /// The event there that is to be amended, where it is about one: the approval then holds for no other.
    #[serde(default)]
    pub target: Option<EventId>,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for RequestApproval {
    type State = Approval;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::approval(self.approval)
    }

    fn drafts(&self, approval: &Approval, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if approval.asked.is_some() {
            return Err(Reason::AlreadyRecorded.on("approval"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let event = ApprovalEvent::Requested(ApprovalRequested {
            approval: self.approval,
            act: self.act,
            stream: self.stream.clone(),
            target: self.target,
            asked_by: context.actor.clone(),
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
