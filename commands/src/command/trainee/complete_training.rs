//! Records that an enrolled advisor completed training (修了).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Role;
use ledger_core::code::Flag;
use ledger_core::event::{Draft, TraineeCompleted, TraineeEvent};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::in_training;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::rule::text::given;
use crate::state::{Programme, Trainee};

/// Records that an enrolled advisor completed training (修了): every competency that the programme
/// asks for has its level, or the manager says why it is completed all the same.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteTraining {
    /// The advisor.
    pub trainee: TraineeId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// On what ground, in words.
    #[serde(default)]
    pub basis: Option<String>,
    /// Why it is completed below the level that is asked for; the manager's or administrator's.
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl Decision for CompleteTraining {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        let own = [StreamName::trainee(self.trainee), StreamName::programme()];
        let year = closed_year::stream(Some(self.occurred));
        own.into_iter().chain(year).collect()
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        closed_year::may_record(view, Some(self.occurred), context)?;
        let stream = StreamName::trainee(self.trainee);
        let trainee: &Trainee = view.state(&stream)?;
        if trainee.completed.is_some() {
            return Err(Reason::AlreadyRecorded.on("trainee"));
        }
        in_training(trainee, self.occurred, context)?;
        let able = is_able(trainee, view.state(&StreamName::programme())?);
        let exception = given(self.override_reason.as_deref());
        if !able {
            may_override(exception.as_deref(), context)?;
        }
        let exception = exception.filter(|_| !able);
        let basis = given(self.basis.as_deref()).into_iter().chain(exception);
        let basis: Vec<String> = basis.collect();
        let event = TraineeEvent::Completed(TraineeCompleted {
            trainee: self.trainee,
            basis: Private::Open((!basis.is_empty()).then(|| basis.join("／"))),
        });
        let mut draft = Draft::new(event, self.occurred);
        if !able {
            draft = draft.flagged(Flag::BelowRequired);
        }
        Ok(vec![Written {
            stream,
            drafts: vec![draft],
        }])
    }
}

/// Whether every competency that the programme asks for has its level.
fn is_able(trainee: &Trainee, programme: &Programme) -> bool {
    let mut required = programme.required.iter();
    required.all(|(competency, level)| trainee.level(*competency).unwrap_or(0) >= *level)
}

/// Below the level only those who answer for the training may complete it, and say why.
fn may_override(reason: Option<&str>, context: &Context) -> Result<(), Rejection> {
    let answers = matches!(context.role, Role::Manager | Role::Admin);
    match reason {
        Some(_) if answers => Ok(()),
        Some(_) => Err(Reason::CompetencyMissing.on("override_reason")),
        None => Err(Reason::CompetencyMissing.on("trainee")),
    }
}
