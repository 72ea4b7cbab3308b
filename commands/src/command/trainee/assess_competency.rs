//! Records how far an advisor in training can do something.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Competency;
use ledger_core::event::{CompetencyAssessed, Draft, TraineeEvent};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::time::Occurred;

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::LEVEL_MAX;
use crate::rule::text::private;
use crate::state::Trainee;

/// Records how far an advisor in training can do something.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessCompetency {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What.
    pub competency: Competency,
    /// 0 (not at all) to 4 (on their own, and teaching others).
    pub level: u32,
    /// Who assessed it.
    #[serde(default)]
    pub assessor: Option<String>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Single for AssessCompetency {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_training(trainee, self.occurred, context)?;
        if self.level > LEVEL_MAX {
            return Err(Reason::NotANumber.on("level"));
        }
        let event = TraineeEvent::CompetencyAssessed(CompetencyAssessed {
            competency: self.competency,
            level: self.level,
            assessor: private(self.assessor.as_deref()),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
