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
fn undecided<'a>(
    approval: &'a Approval,
    occurred: Occurred,
    context: &Context,
) -> Result<&'a Asked, Rejection> {
    let asked = approval.asked.as_ref();
    let asked = asked.ok_or(Reason::ApprovalMissing.on("approval"))?;
    if approval.is_decided() {
        return Err(Reason::ApprovalDecided.on("approval"));
    }
    time::occurred(occurred, context, "occurred")?;
    time::in_order(asked.step.day(), occurred, "occurred")?;
    Ok(asked)
}
