//! Says that two cases that looked alike are two persons, in both streams at once.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CaseEvent, DuplicateDismissed};
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::Pair;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;

/// Says that two cases that looked alike are two persons, in both streams at once.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissDuplicate {
    /// The person.
    pub child: ChildId,
    /// The case that looked alike.
    pub other: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Decision for DismissDuplicate {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![StreamName::child(self.child), StreamName::child(self.other)]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let pair = Pair::of(view, [(self.child, "child"), (self.other, "other")])?;
        pair.are_known(self.occurred, context)?;
        if !pair.first.case.suspected.contains(&self.other) {
            return Err(Reason::NotSuspected.on("other"));
        }
        let reason = required(self.reason.as_deref(), "reason")?;
        let events = [self.other, self.child].map(|other| {
            CaseEvent::DuplicateDismissed(DuplicateDismissed {
                other,
                reason: reason.clone(),
            })
        });
        Ok(pair.written(events, self.occurred))
    }
}
