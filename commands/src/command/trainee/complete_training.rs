//! Records that an enrolled advisor completed training (修了).

use serde::Deserialize;

use ledger_core::event::{Draft, TraineeCompleted, TraineeEvent};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::time::Occurred;

use crate::command::when::when;
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Trainee;

/// Records that an enrolled advisor completed training (修了).
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteTraining {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    pub occurred: Occurred,
    /// On what ground, in words.
    #[serde(default)]
    pub basis: Option<String>,
}

impl Single for CompleteTraining {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let enrolled = trainee
            .enrolled
            .ok_or(Reason::UnknownTrainee.on("trainee"))?;
        time::occurred(self.occurred, context, "occurred")?;
        time::in_order(enrolled.day(), self.occurred, "occurred")?;
        if trainee.completed.is_some() {
            return Err(Reason::AlreadyRecorded.on("trainee"));
        }
        let event = TraineeEvent::Completed(TraineeCompleted {
            trainee: self.trainee,
            basis: private(self.basis.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
