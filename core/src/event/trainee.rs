//! Guidance and training of medical-care advisors (医療的ケア相談員の指導・育成).

use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::SessionKind;
use crate::id::{SessionId, TraineeId};
use crate::private::Private;

events! {
    /// What happens with one advisor in training.
    pub enum TraineeEvent {
        /// Training began.
        "trainee-enrolled" @ 1 identity => Enrolled(TraineeEnrolled),
        /// A training session was held.
        "training-session-held" @ 1 record => SessionHeld(TrainingSessionHeld),
        /// Training was completed.
        "trainee-completed" @ 1 record => Completed(TraineeCompleted),
    }
}

/// An advisor began training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraineeEnrolled {
    /// The advisor.
    pub trainee: TraineeId,
    /// Register number (相談員番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Name.
    pub name: Private<Option<String>>,
    /// Office (所属).
    pub office: Private<Option<String>>,
}

/// One training session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingSessionHeld {
    /// The session.
    pub session: SessionId,
    /// Register number (記録番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Kind.
    pub kind: SessionKind,
    /// How long it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// What was done.
    pub content: Private<Option<String>>,
    /// The advisor's name as given, where it differs from the enrolment's.
    pub name_given: Private<Option<String>>,
    /// The advisor's office as given, where it differs from the enrolment's.
    pub office_given: Private<Option<String>>,
}

/// Training was completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraineeCompleted {
    /// The advisor.
    pub trainee: TraineeId,
    /// On what ground, in words.
    pub basis: Private<Option<String>>,
}
