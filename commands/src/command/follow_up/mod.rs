//! Commands about promised next steps (次の対応).

mod cancel_follow_up;
mod finish_follow_up;
mod schedule_follow_up;

pub use cancel_follow_up::CancelFollowUp;
pub use finish_follow_up::FinishFollowUp;
pub use schedule_follow_up::ScheduleFollowUp;

use ledger_core::id::FollowUpId;
use ledger_core::time::Occurred;

use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Child;

/// The follow-up is still to be done, and was promised by then.
fn still_open(child: &Child, id: FollowUpId, occurred: Occurred) -> Result<(), Rejection> {
    let follow_up = child.follow_up(id);
    let follow_up = follow_up.ok_or(Reason::FollowUpNotFound.on("follow_up"))?;
    if !follow_up.is_open() {
        return Err(Reason::FollowUpNotOpen.on("follow_up"));
    }
    time::in_order(follow_up.latest_day(), occurred, "occurred")
}
