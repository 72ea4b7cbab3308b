//! Using an approval: granted for this act in this stream by somebody else, and only once.

use ledger_core::code::ApprovalAct;
use ledger_core::event::{ApprovalEvent, ApprovalUsed, Draft};
use ledger_core::id::{ApprovalId, ChildId, EventId, StreamName};
use ledger_core::time::Occurred;

use crate::decision::{Context, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::state::{Approval, Asked};

/// The approval that a command rests on, and for what it needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needed<'a> {
    /// The approval; its stream is one of the command's.
    pub(crate) approval: ApprovalId,
    /// What is done.
    pub(crate) act: ApprovalAct,
    /// The stream in which it is done.
    pub(crate) stream: &'a StreamName,
    /// The event there that is amended, where it is about one.
    pub(crate) target: Option<EventId>,
    /// The case that becomes an alias, where cases are merged.
    pub(crate) absorbed: Option<ChildId>,
}

impl Needed<'_> {
    /// Whether this is what was asked for: an approval about one event holds for no other, one of merging two cases
    /// for no other two.
    fn is_asked(self, asked: &Asked) -> bool {
        asked.act == self.act
            && asked.stream == *self.stream
            && (asked.target.is_none() || asked.target == self.target)
            && asked.absorbed == self.absorbed
    }
}

/// The event that uses an approval up; it goes into the same append as what was approved.
///
/// # Errors
/// [`Reason::ApprovalMissing`] when it is not granted, or for something else;
/// [`Reason::SamePersonApproves`] when who asked granted it; [`Reason::ApprovalAlreadyUsed`].
pub(crate) fn used(
    needed: Needed<'_>,
    view: View<'_>,
    occurred: Occurred,
    context: &Context,
) -> Result<Written, Rejection> {
    let stream = StreamName::approval(needed.approval);
    let approval: &Approval = view.state(&stream)?;
    let missing = Reason::ApprovalMissing.on("approval");
    let (Some(asked), Some((granter, _))) = (&approval.asked, &approval.granted) else {
        return Err(missing);
    };
    if !needed.is_asked(asked) || approval.refused.is_some() {
        return Err(missing);
    }
    if *granter == asked.by {
        return Err(Reason::SamePersonApproves.on("approval"));
    }
    if approval.used.is_some() {
        return Err(Reason::ApprovalAlreadyUsed.on("approval"));
    }
    let event = ApprovalEvent::Used(ApprovalUsed {
        approval: needed.approval,
        by: context.command,
    });
    Ok(Written {
        stream,
        drafts: vec![Draft::new(event, occurred)],
    })
}
