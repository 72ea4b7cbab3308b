//! Appoints an operator of the centre.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::ContractMethod;
use ledger_core::event::{ContractorAppointed, Draft, ProgrammeEvent};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::text;
use crate::state::Programme;

/// Appoints an operator of the centre.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointContractor {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The operator.
    pub operator: String,
    /// How it was chosen.
    pub method: ContractMethod,
    /// First day.
    pub starts_on: Day,
    /// Last day, where it is set.
    #[serde(default)]
    pub ends_on: Option<Day>,
    /// On what ground, as announced.
    pub basis: String,
}

impl Single for AppointContractor {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::ContractorAppointed(ContractorAppointed {
            operator_ja: text(&self.operator),
            method: self.method,
            from: self.starts_on,
            until: self.ends_on,
            basis_ja: text(&self.basis),
        });
        set(programme, event, self.occurred, context)
    }
}
