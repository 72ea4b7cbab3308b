//! Sets the opening hours from a day on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, OpeningHoursSet, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::rules::may_set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::time;
use crate::state::Programme;

/// Sets the opening hours from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOpeningHours {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The hours and the days around New Year.
    pub opening_hours: OpeningHoursSet,
}

impl Single for SetOpeningHours {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        time::occurred(self.occurred, context, "occurred")?;
        let event = ProgrammeEvent::OpeningHoursSet(self.opening_hours.clone());
        may_set(programme, &event)?;
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
