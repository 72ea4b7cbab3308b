//! Records how many persons who need daily medical care live in an area.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Area;
use ledger_core::event::{Draft, KnownPopulationSet, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::text;
use crate::state::Programme;

/// Records how many persons who need daily medical care live in an area.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetKnownPopulation {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The area; none: the whole ward.
    #[serde(default)]
    pub area: Option<Area>,
    /// How many.
    pub persons: u32,
    /// Where this stands.
    pub source: String,
}

impl Single for SetKnownPopulation {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::KnownPopulationSet(KnownPopulationSet {
            area: self.area,
            persons: self.persons,
            source: text(&self.source),
        });
        set(programme, event, self.occurred, context)
    }
}
