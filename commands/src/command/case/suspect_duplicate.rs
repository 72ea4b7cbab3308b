//! Says that two cases look like one person's, in both streams at once.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::DuplicateEvidence;
use ledger_core::event::{CaseEvent, DuplicateSuspected};
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::Pair;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::list::distinct;
use crate::rule::text::private;

/// Says that two cases look like one person's, in both streams at once.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspectDuplicate {
    /// The person.
    pub child: ChildId,
    /// The case that looks like the same person's.
    pub other: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What is alike; one or more.
    #[serde(default)]
    pub evidence: Vec<DuplicateEvidence>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Decision for SuspectDuplicate {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![StreamName::child(self.child), StreamName::child(self.other)]
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let pair = Pair::of(view, [(self.child, "child"), (self.other, "other")])?;
        pair.are_known(self.occurred, context)?;
        pair.are_no_aliases()?;
        if pair.first.case.suspected.contains(&self.other) {
            return Err(Reason::AlreadyRecorded.on("other"));
        }
        if self.evidence.is_empty() {
            return Err(Reason::MissingValue.on("evidence"));
        }
        let suspected = |other| {
            CaseEvent::DuplicateSuspected(DuplicateSuspected {
                other,
                evidence: distinct(&self.evidence),
                note: private(self.note.as_deref()),
            })
        };
        Ok(pair.written(
            [suspected(self.other), suspected(self.child)],
            self.occurred,
        ))
    }
}
