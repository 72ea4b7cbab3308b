//! Records that an advisor's training goes on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, TraineeEvent, TrainingPaused};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::time::Occurred;

use super::not_ended;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Trainee;

/// Records that an advisor's training goes on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeTraining {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for ResumeTraining {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        not_ended(trainee, self.occurred, context)?;
        let suspended = trainee.suspended;
        let suspended = suspended.ok_or(Reason::StepsOutOfOrder.on("trainee"))?;
        time::in_order(suspended.day(), self.occurred, "occurred")?;
        let event = TraineeEvent::Resumed(TrainingPaused {
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
