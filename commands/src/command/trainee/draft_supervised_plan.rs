//! Records that an advisor in training drafted a plan under guidance.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupervisedPlanDrafted, TraineeEvent};
use ledger_core::id::{LedgerId, StreamName, SupportPlanId, TraineeId};
use ledger_core::time::Occurred;

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::private;
use crate::state::Trainee;

/// Records that an advisor in training drafted a plan under guidance.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftSupervisedPlan {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The plan, where it is one of the centre's.
    #[serde(default)]
    pub plan: Option<SupportPlanId>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for DraftSupervisedPlan {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_training(trainee, self.occurred, context)?;
        let event = TraineeEvent::SupervisedPlanDrafted(SupervisedPlanDrafted {
            plan: self.plan,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
