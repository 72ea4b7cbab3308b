//! Commands of an audit engagement.

mod ask_audit_question;
mod clear_audit_finding;
mod close_audit;
mod draw_sample;
mod give_audit_answer;
mod issue_audit_finding;
mod open_audit;
mod record_chain_verified;

pub use ask_audit_question::AskAuditQuestion;
pub use clear_audit_finding::ClearAuditFinding;
pub use close_audit::CloseAudit;
pub use draw_sample::{DrawSample, DrawnEvent};
pub use give_audit_answer::GiveAuditAnswer;
pub use issue_audit_finding::IssueAuditFinding;
pub use open_audit::OpenAudit;
pub use record_chain_verified::RecordChainVerified;

use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Audit;

/// The audit is opened, and the act follows its opening.
fn opened(audit: &Audit, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    let opened = audit.opened.ok_or(Reason::AuditNotFound.on("engagement"))?;
    time::occurred(occurred, context, "occurred")?;
    time::in_order(opened.day(), occurred, "occurred")
}

/// The same, and the audit is not closed yet.
fn goes_on(audit: &Audit, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    opened(audit, occurred, context)?;
    if audit.closed.is_some() {
        return Err(Reason::AuditClosed.on("engagement"));
    }
    Ok(())
}
