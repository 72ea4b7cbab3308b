//! Moves the first day of service.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ProgrammeEvent, StartMoved};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::text;
use crate::state::Programme;

/// Moves the first day of service.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveStart {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The new first day.
    pub starts_on: Day,
    /// Why, as announced.
    pub reason: String,
}

impl Single for MoveStart {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::StartMoved(StartMoved {
            starts_on: self.starts_on,
            reason_ja: text(&self.reason),
        });
        set(programme, event, self.occurred, context)
    }
}
