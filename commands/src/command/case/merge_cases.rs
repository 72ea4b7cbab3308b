//! Merges one person's two cases: one is an alias of the other from then on; two people agree on it.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::ApprovalAct;
use ledger_core::event::{CaseEvent, CasesMerged};
use ledger_core::id::{ApprovalId, ChildId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::Pair;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::approval::{self, Needed};
use crate::rule::text::private;
use crate::state::{Child, OtherCases, StreamState as _};

/// Merges one person's two cases: one is an alias of the other from then on; two people agree on it.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeCases {
    /// The case that goes on.
    pub survivor: ChildId,
    /// The case that becomes an alias; its events stay where they are.
    pub absorbed: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// A granted approval of this very merge, asked for in the survivor's stream with this absorbed case.
    pub approval: ApprovalId,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Decision for MergeCases {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        vec![
            StreamName::child(self.survivor),
            StreamName::child(self.absorbed),
            StreamName::approval(self.approval),
        ]
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        view.other_cases(&StreamName::child(self.survivor))
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let persons = [(self.survivor, "survivor"), (self.absorbed, "absorbed")];
        let pair = Pair::of(view, persons)?;
        pair.are_known(self.occurred, context)?;
        let survivor = view.together(&StreamName::child(self.survivor))?;
        let others = Child::of(&survivor).map(|survivor| &survivor.others);
        may_be_one(&pair, others.ok_or(Reason::WrongStream)?)?;
        let merged = || {
            CaseEvent::Merged(CasesMerged {
                survivor: self.survivor,
                absorbed: self.absorbed,
                approval: self.approval,
                note: private(self.note.as_deref()),
            })
        };
        let mut written = pair.written([merged(), merged()], self.occurred);
        let needed = Needed {
            approval: self.approval,
            act: ApprovalAct::Merge,
            stream: &StreamName::child(self.survivor),
            target: None,
            absorbed: Some(self.absorbed),
        };
        written.push(approval::used(needed, view, self.occurred, context)?);
        Ok(written)
    }
}

/// A merge is one hop, of two open or two closed cases, and brings no second of what a person has
/// one of; `others` are the cases that the survivor took in before.
fn may_be_one(pair: &Pair<'_>, others: &OtherCases) -> Result<(), Rejection> {
    let (survivor, absorbed) = (&pair.first, &pair.second);
    if survivor.case.absorbed_into.is_some() {
        return Err(Reason::MergeChain.on("survivor"));
    }
    if absorbed.case.is_merged() {
        return Err(Reason::MergeChain.on("absorbed"));
    }
    if survivor.case.closed.is_some() != absorbed.case.closed.is_some() {
        return Err(Reason::CasesDiffer.on("absorbed"));
    }
    let support = survivor.has_open_support_plan() || others.open_support_plan;
    let disaster = survivor.has_open_disaster_plan() || others.open_disaster_plan;
    let second_plan = support && absorbed.has_open_support_plan()
        || disaster && absorbed.has_open_disaster_plan();
    if second_plan {
        return Err(Reason::SecondOpenPlan.on("absorbed"));
    }
    let in_hospital = survivor.open_hospital_stay().is_some() || others.in_hospital;
    if in_hospital && absorbed.open_hospital_stay().is_some() {
        return Err(Reason::HospitalStayOpen.on("absorbed"));
    }
    Ok(())
}
