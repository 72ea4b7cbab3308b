//! Sets the areas and their names, all of them.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AreaName, AreaTableSet, Draft, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Sets the areas and their names, all of them.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAreaTable {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The areas, in the order in which they are shown.
    #[serde(default)]
    pub areas: Vec<AreaName>,
}

impl Single for SetAreaTable {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::AreaTableSet(AreaTableSet {
            areas: self.areas.clone(),
        });
        set(programme, event, self.occurred, context)
    }
}
