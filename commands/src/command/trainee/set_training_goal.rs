//! Sets a goal of an advisor's training.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, TraineeEvent, TrainingGoalSet};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::time::{Day, Occurred};

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::rule::time;
use crate::state::Trainee;

/// Sets a goal of an advisor's training.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTrainingGoal {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What.
    pub goal: String,
    /// By when.
    #[serde(default)]
    pub due_on: Option<Day>,
}

impl Single for SetTrainingGoal {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_training(trainee, self.occurred, context)?;
        let goal = given(Some(&self.goal)).ok_or(Reason::MissingValue.on("goal"))?;
        if let Some(due) = self.due_on {
            time::not_before(self.occurred.day(), due, "due_on")?;
        }
        let event = TraineeEvent::GoalSet(TrainingGoalSet {
            due_on: self.due_on,
            goal: Private::Open(Some(goal)),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
