//! Commands about advisors in training.

mod assess_competency;
mod complete_training;
mod draft_supervised_plan;
mod enrol_trainee;
mod hold_session;
mod leave_training;
mod resume_training;
mod set_training_goal;
mod suspend_training;

pub use assess_competency::AssessCompetency;
pub use complete_training::CompleteTraining;
pub use draft_supervised_plan::DraftSupervisedPlan;
pub use enrol_trainee::EnrolTrainee;
pub use hold_session::HoldSession;
pub use leave_training::LeaveTraining;
pub use resume_training::ResumeTraining;
pub use set_training_goal::SetTrainingGoal;
pub use suspend_training::SuspendTraining;

use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::{Step, Trainee};

/// The advisor is enrolled, and had neither completed nor left by then.
fn not_ended(trainee: &Trainee, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    let enrolled = trainee.enrolled;
    let enrolled = enrolled.ok_or(Reason::UnknownTrainee.on("trainee"))?;
    time::occurred(occurred, context, "occurred")?;
    time::in_order(enrolled.day(), occurred, "occurred")?;
    let ended = trainee.completed.or(trainee.left);
    if ended.is_some_and(|end| is_later(occurred, end)) {
        return Err(Reason::TrainingEnded.on("trainee"));
    }
    Ok(())
}

/// The same, and training was not resting then; what came before it rested may be told late.
fn in_training(trainee: &Trainee, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    not_ended(trainee, occurred, context)?;
    if trainee
        .suspended
        .is_some_and(|rest| is_later(occurred, rest))
    {
        return Err(Reason::TrainingSuspended.on("trainee"));
    }
    Ok(())
}

fn is_later(occurred: Occurred, step: Step) -> bool {
    matches!((occurred.day(), step.day()), (Some(day), Some(end)) if day > end)
}
