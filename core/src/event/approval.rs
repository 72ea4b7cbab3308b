//! Approvals (承認): what one person asks for and another grants, used once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Actor;
use crate::code::ApprovalAct;
use crate::id::{ApprovalId, ChildId, CommandId, EventId, StreamName};
use crate::private::Private;

events! {
    /// One approval.
    pub enum ApprovalEvent {
        /// Somebody asked for an approval.
        "approval-requested" @ 1 record => Requested(ApprovalRequested),
        /// Somebody else granted it.
        "approval-granted" @ 1 record => Granted(ApprovalGranted),
        /// It was refused, or taken back by who had asked.
        "approval-refused" @ 1 record => Refused(ApprovalRefused),
        /// A command did what was approved.
        "approval-used" @ 1 clear => Used(ApprovalUsed),
    }
}

/// Somebody asked for an approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalRequested {
    /// The approval.
    pub approval: ApprovalId,
    /// What is to be done.
    pub act: ApprovalAct,
    /// The stream in which it is to be done.
    pub stream: StreamName,
    /// The event there that is to be amended, where it is about one; those that were asked for before it was
    /// written down tell none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<EventId>,
    /// The case that becomes an alias, where cases are to be merged; those that were asked for before it was written
    /// down tell none, and hold for no merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absorbed: Option<ChildId>,
    /// Who asks.
    pub asked_by: Actor,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// An approval was granted by somebody else than who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalGranted {
    /// The approval.
    pub approval: ApprovalId,
    /// Who grants it; never who asked.
    pub granted_by: Actor,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// An approval was refused, or taken back by who had asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalRefused {
    /// The approval.
    pub approval: ApprovalId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// A command did what was approved; it cannot be used again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalUsed {
    /// The approval.
    pub approval: ApprovalId,
    /// The command.
    pub by: CommandId,
}
