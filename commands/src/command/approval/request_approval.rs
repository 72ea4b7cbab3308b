//! Asks for an approval that somebody else grants.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::ApprovalAct;
use ledger_core::event::{ApprovalEvent, ApprovalRequested, Draft};
use ledger_core::id::{ApprovalId, ChildId, EventId, LedgerId, StreamName};
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
    /// The case that is to become an alias, where cases are to be merged, and only there; the one that goes on is that of
    /// the stream. The approval holds for no other two.
    #[serde(default)]
    pub absorbed: Option<ChildId>,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl RequestApproval {
    /// Whoever answers has to know which two cases are to become one, or which event is amended: never both.
    fn names_what_it_is_about(&self) -> Result<(), Rejection> {
        let is_merge = self.act == ApprovalAct::Merge;
        match self.absorbed {
            None if is_merge => Err(Reason::MissingValue.on("absorbed")),
            Some(_) if !is_merge => Err(Reason::NotForThisAct.on("absorbed")),
            Some(_) if self.target.is_some() => Err(Reason::NotForThisAct.on("target")),
            Some(_) if self.stream.as_child().is_none() => Err(Reason::WrongStream.on("stream")),
            Some(_) if self.stream.as_child() == self.absorbed => {
                Err(Reason::SamePerson.on("absorbed"))
            },
            Some(_) | None => Ok(()),
        }
    }
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
        self.names_what_it_is_about()?;
        let event = ApprovalEvent::Requested(ApprovalRequested {
            approval: self.approval,
            act: self.act,
            stream: self.stream.clone(),
            target: self.target,
            absorbed: self.absorbed,
            asked_by: context.actor.clone(),
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
