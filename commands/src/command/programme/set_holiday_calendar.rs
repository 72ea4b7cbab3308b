//! Sets the whole list of national holidays.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, HolidayCalendarSet, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::rules::may_set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::time;
use crate::state::Programme;

/// Sets the whole list of national holidays.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHolidayCalendar {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The list, in place of the one before.
    pub calendar: HolidayCalendarSet,
}

impl Single for SetHolidayCalendar {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        time::occurred(self.occurred, context, "occurred")?;
        let event = ProgrammeEvent::HolidayCalendarSet(self.calendar.clone());
        may_set(programme, &event)?;
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
