//! Records that an advisor left the training before completion, and why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, TraineeEvent, TrainingPaused};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::not_ended;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::Trainee;

/// Records that an advisor left the training before completion, and why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveTraining {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    pub reason: String,
}

impl Single for LeaveTraining {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        not_ended(trainee, self.occurred, context)?;
        if trainee.completed.is_some() || trainee.left.is_some() {
            return Err(Reason::TrainingEnded.on("trainee"));
        }
        let reason = given(Some(&self.reason)).ok_or(Reason::MissingValue.on("reason"))?;
        let event = TraineeEvent::Left(TrainingPaused {
            reason: Private::Open(Some(reason)),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
