//! Sets whether a role signs in with a second factor.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Role;
use ledger_core::event::{Draft, ProgrammeEvent, SecondFactorRuleSet};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Sets whether a role signs in with a second factor besides the password, from the next sign-in on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSecondFactorRule {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The role.
    pub role: Role,
    /// A second factor is asked for.
    pub required: bool,
}

impl Single for SetSecondFactorRule {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::SecondFactorRuleSet(SecondFactorRuleSet {
            role: self.role,
            required: self.required,
        });
        set(programme, event, self.occurred, context)
    }
}
