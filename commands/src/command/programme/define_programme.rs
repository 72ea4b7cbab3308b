//! Names the programme, its place and its operator.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ProgrammeDefined, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::rules::may_set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::time;
use crate::state::Programme;

/// Names the programme, its place and its operator.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineProgramme {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Name, place and operator.
    pub definition: ProgrammeDefined,
}

impl Single for DefineProgramme {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        time::occurred(self.occurred, context, "occurred")?;
        let event = ProgrammeEvent::Defined(self.definition.clone());
        may_set(programme, &event)?;
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
