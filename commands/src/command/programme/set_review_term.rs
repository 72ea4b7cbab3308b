//! Sets a term within which something is expected.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ProgrammeEvent, ReviewTermSet};
use ledger_core::id::{LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Sets a term within which something is expected.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReviewTerm {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Which term, such as `referral-receipt`.
    pub term: String,
    /// How many days.
    pub days: u32,
    /// Business days rather than days.
    #[serde(default)]
    pub business_days: bool,
}

impl Single for SetReviewTerm {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::ReviewTermSet(ReviewTermSet {
            term: self.term.clone(),
            days: self.days,
            business_days: self.business_days,
        });
        set(programme, event, self.occurred, context)
    }
}
