//! Sets the level of a competency that completion of training asks for.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Competency;
use ledger_core::event::{Draft, ProgrammeEvent, RequiredCompetencySet};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Sets the level of a competency that completion of training asks for.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequireCompetency {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Of what.
    pub competency: Competency,
    /// 0 to 4.
    pub level: u32,
}

impl Single for RequireCompetency {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::RequiredCompetencySet(RequiredCompetencySet {
            competency: self.competency,
            level: self.level,
        });
        set(programme, event, self.occurred, context)
    }
}
