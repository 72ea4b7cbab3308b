//! Guidance and training of medical-care advisors (医療的ケア相談員の指導・育成).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{Competency, SessionKind};
use crate::id::{SessionId, SupportPlanId, TraineeId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// What happens with one advisor in training.
    pub enum TraineeEvent {
        /// Training began.
        "trainee-enrolled" @ 1 identity => Enrolled(TraineeEnrolled),
        /// A training session was held.
        "training-session-held" @ 1 record => SessionHeld(TrainingSessionHeld),
        /// Training was completed.
        "trainee-completed" @ 1 record => Completed(TraineeCompleted),
        /// A goal was set.
        "training-goal-set" @ 1 record => GoalSet(TrainingGoalSet),
        /// It was assessed how far the advisor can do something.
        "competency-assessed" @ 1 record => CompetencyAssessed(CompetencyAssessed),
        /// The advisor drafted a plan under guidance.
        "supervised-plan-drafted" @ 1 record => SupervisedPlanDrafted(SupervisedPlanDrafted),
        /// Training rests.
        "training-suspended" @ 1 record => Suspended(TrainingPaused),
        /// Training goes on.
        "training-resumed" @ 1 record => Resumed(TrainingPaused),
        /// The advisor left before completion.
        "training-left" @ 1 record => Left(TrainingPaused),
    }
}

/// An advisor began training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TraineeCompleted {
    /// The advisor.
    pub trainee: TraineeId,
    /// On what ground, in words.
    pub basis: Private<Option<String>>,
}

/// A goal of the training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrainingGoalSet {
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// What.
    pub goal: Private<Option<String>>,
}

/// How far the advisor can do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompetencyAssessed {
    /// What.
    pub competency: Competency,
    /// 0 (not at all) to 4 (on their own, and teaching others).
    pub level: u32,
    /// Who assessed it.
    pub assessor: Private<Option<String>>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// The advisor drafted a plan under guidance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisedPlanDrafted {
    /// The plan, where it is one of the centre's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<SupportPlanId>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// Training rests, goes on or ends without completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrainingPaused {
    /// Why.
    pub reason: Private<Option<String>>,
}
