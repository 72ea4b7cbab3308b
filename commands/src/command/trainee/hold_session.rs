//! Records a training session of an enrolled advisor.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::SessionKind;
use ledger_core::event::{Draft, TraineeEvent, TrainingSessionHeld};
use ledger_core::id::{LedgerId, SessionId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit;
use crate::rule::text::private;
use crate::state::Trainee;

/// Records a training session of an enrolled advisor.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldSession {
    /// The advisor.
    pub trainee: TraineeId,
    /// The session's new id.
    pub session: SessionId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind.
    pub kind: SessionKind,
    /// How long it took, at most 1,440.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// What was done.
    #[serde(default)]
    pub content: Option<String>,
}

impl Single for HoldSession {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        in_training(trainee, self.occurred, context)?;
        if trainee.has_session(self.session) {
            return Err(Reason::AlreadyRecorded.on("session"));
        }
        limit::duration(self.duration_minutes)?;
        let event = TraineeEvent::SessionHeld(TrainingSessionHeld {
            session: self.session,
            number: None,
            kind: self.kind,
            duration_minutes: self.duration_minutes,
            content: private(self.content.as_deref()),
            name_given: Private::Open(None),
            office_given: Private::Open(None),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
