//! Commands about a meeting of the steering committee and what follows from it.

mod answer_recommendation;
mod approve_minutes;
mod convene_meeting;
mod freeze_materials;
mod hold_meeting;
mod make_recommendation;
mod record_finding;
mod review_trial;

pub use answer_recommendation::AnswerRecommendation;
pub use approve_minutes::ApproveMinutes;
pub use convene_meeting::ConveneMeeting;
pub use freeze_materials::FreezeMaterials;
pub use hold_meeting::HoldMeeting;
pub use make_recommendation::MakeRecommendation;
pub use record_finding::RecordFinding;
pub use review_trial::ReviewTrial;

use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Meeting;

/// The meeting was held, and the act follows it.
fn follows_meeting(
    meeting: &Meeting,
    occurred: Occurred,
    context: &Context,
) -> Result<(), Rejection> {
    follows(meeting, occurred, context)?;
    let held = meeting.held.ok_or(Reason::MeetingNotHeld.on("meeting"))?;
    time::in_order(held.day(), occurred, "occurred")
}

/// The meeting is convened, and the act follows its notice.
fn follows(meeting: &Meeting, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    let convened = meeting.convened;
    let convened = convened.ok_or(Reason::MeetingNotFound.on("meeting"))?;
    time::occurred(occurred, context, "occurred")?;
    time::in_order(convened.day(), occurred, "occurred")
}
