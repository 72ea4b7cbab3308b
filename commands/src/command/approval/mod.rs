//! Commands about approvals: one person asks, another grants or refuses.

mod grant_approval;
mod refuse_approval;
mod request_approval;

pub use grant_approval::GrantApproval;
pub use refuse_approval::RefuseApproval;
pub use request_approval::RequestApproval;

use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::{Approval, Asked};

/// What was asked for and is not answered yet.
fn undecided(approval: &Approval) -> Result<&Asked, Rejection> {
    let asked = approval.asked.as_ref();
    let asked = asked.ok_or(Reason::ApprovalMissing.on("approval"))?;
    if approval.is_decided() {
        return Err(Reason::ApprovalDecided.on("approval"));
    }
    Ok(asked)
}

/// What was asked for, where it was neither refused nor taken back, nor used.
fn unused<'a>(approval: &Approval, asked: &'a Asked) -> Result<&'a Asked, Rejection> {
    if approval.refused.is_some() {
        return Err(Reason::ApprovalDecided.on("approval"));
    }
    if approval.used.is_some() {
        return Err(Reason::ApprovalAlreadyUsed.on("approval"));
    }
    Ok(asked)
}

/// An answer comes after what was asked for.
fn follows(asked: &Asked, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    time::occurred(occurred, context, "occurred")?;
    time::in_order(asked.step.day(), occurred, "occurred")
}
