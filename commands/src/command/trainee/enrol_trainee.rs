//! Records that an advisor began training (受講開始).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, TraineeEnrolled, TraineeEvent};
use ledger_core::id::{LedgerId, StreamName, TraineeId};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::number::numbered;
use crate::rule::text::{given, private};
use crate::rule::time;
use crate::state::Trainee;

/// Records that an advisor began training (受講開始).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolTrainee {
    /// The advisor's new id; from the register number where there is one.
    pub trainee: TraineeId,
    /// Register number.
    #[serde(default)]
    pub number: Option<String>,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Name.
    pub name: String,
    /// Office.
    #[serde(default)]
    pub office: Option<String>,
}

impl Single for EnrolTrainee {
    type State = Trainee;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::trainee(self.trainee)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, trainee: &Trainee, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if trainee.enrolled.is_some() {
            return Err(Reason::AlreadyRegistered.on("trainee"));
        }
        let number = self.number.as_deref();
        let number = numbered(context.ledger, "trainee", number, self.trainee.uuid())?;
        time::occurred(self.occurred, context, "occurred")?;
        let name = given(Some(&self.name)).ok_or(Reason::MissingValue.on("name"))?;
        let event = TraineeEvent::Enrolled(TraineeEnrolled {
            trainee: self.trainee,
            number,
            name: Private::Open(Some(name)),
            office: private(self.office.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
