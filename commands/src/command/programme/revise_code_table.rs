//! Sets the terms of a code table, as shown from now on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CodeTableRevised, CodeTerm, Draft, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Sets the terms of a code table, as shown from now on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseCodeTable {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The table's name, such as `topic`.
    pub table: String,
    /// The next version of the table, from 1.
    pub version: u32,
    /// Its codes with their terms.
    #[serde(default)]
    pub terms: Vec<CodeTerm>,
}

impl Single for ReviseCodeTable {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::CodeTableRevised(CodeTableRevised {
            table: self.table.clone(),
            version: self.version,
            terms: self.terms.clone(),
        });
        set(programme, event, self.occurred, context)
    }
}
