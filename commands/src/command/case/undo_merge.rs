//! Undoes a merge: the two cases stand for themselves again.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CaseEvent, MergeUndone};
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::Pair;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::rule::time;

/// Undoes a merge: the two cases stand for themselves again.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoMerge {
    /// The case that went on.
    pub survivor: ChildId,
    /// The case that was an alias of it.
    pub absorbed: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Decision for UndoMerge {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![
            StreamName::child(self.survivor),
            StreamName::child(self.absorbed),
        ]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let persons = [(self.survivor, "survivor"), (self.absorbed, "absorbed")];
        let pair = Pair::of(view, persons)?;
        pair.are_known(self.occurred, context)?;
        let case = &pair.second.case;
        if case.absorbed_into != Some(self.survivor) {
            return Err(Reason::NotMerged.on("absorbed"));
        }
        let merged = case.merged.and_then(|step| step.day());
        time::in_order(merged, self.occurred, "occurred")?;
        let reason = required(self.reason.as_deref(), "reason")?;
        let undone = || {
            CaseEvent::MergeUndone(MergeUndone {
                survivor: self.survivor,
                absorbed: self.absorbed,
                reason: reason.clone(),
            })
        };
        Ok(pair.written([undone(), undone()], self.occurred))
    }
}
