//! A person's case as a whole: closed and reopened, one person's two cases, who is in charge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{CaseClosing, DuplicateEvidence};
use crate::id::{ApprovalId, ChildId};
use crate::private::Private;

events! {
    /// What happens to a case as a whole.
    pub enum CaseEvent {
        /// The case was closed (終結).
        "case-closed" @ 1 record => Closed(CaseClosed),
        /// The case goes on (再開).
        "case-reopened" @ 1 record => Reopened(CaseReopened),
        /// Two cases look like one person's; stands in both streams.
        "duplicate-suspected" @ 1 record => DuplicateSuspected(DuplicateSuspected),
        /// They are two persons after all; stands in both streams.
        "duplicate-dismissed" @ 1 record => DuplicateDismissed(DuplicateDismissed),
        /// Two cases are one person's: one is an alias of the other from now on; stands in both streams.
        "cases-merged" @ 1 record => Merged(CasesMerged),
        /// They are two persons again; stands in both streams.
        "merge-undone" @ 1 record => MergeUndone(MergeUndone),
    }
}

/// A case was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseClosed {
    /// Why.
    pub reason: CaseClosing,
    /// Referrals and plans that were still open, which `exception` explains.
    pub left_open: u32,
    /// Why it was closed although something was open.
    pub exception: Private<Option<String>>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// A case goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseReopened {
    /// Why.
    pub reason: Private<Option<String>>,
}

/// Two cases look like one person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateSuspected {
    /// The other case.
    pub other: ChildId,
    /// What is alike; one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<DuplicateEvidence>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// Two cases that looked alike are two persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateDismissed {
    /// The other case.
    pub other: ChildId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// Two cases are one person's; their events stay where they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CasesMerged {
    /// The case that goes on.
    pub survivor: ChildId,
    /// The case that is an alias of it from now on.
    pub absorbed: ChildId,
    /// Who agreed, besides the one who asked.
    pub approval: ApprovalId,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// A merge was a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MergeUndone {
    /// The case that went on.
    pub survivor: ChildId,
    /// The case that stands for itself again.
    pub absorbed: ChildId,
    /// Why.
    pub reason: Private<Option<String>>,
}
