//! Records that an advisor's training rests, and why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, TraineeEvent, TrainingPaused};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::time::Occurred;

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::Trainee;

/// Records that an advisor's training rests, and why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendTraining {
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

impl Single for SuspendTraining {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_training(trainee, self.occurred, context)?;
        // What rests already cannot rest again, not even for an earlier day.
        if trainee.suspended.is_some() {
            return Err(Reason::TrainingSuspended.on("trainee"));
        }
        let event = TraineeEvent::Suspended(TrainingPaused {
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
