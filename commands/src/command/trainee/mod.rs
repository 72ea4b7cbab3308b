//! Commands about advisors in training.

mod complete_training;
mod enrol_trainee;
mod hold_session;

pub use complete_training::CompleteTraining;
pub use enrol_trainee::EnrolTrainee;
pub use hold_session::HoldSession;
