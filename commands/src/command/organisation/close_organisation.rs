//! Records that an office is gone, or worked with no longer.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, OrganisationClosed, OrganisationEvent};
use ledger_core::id::{LedgerId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use super::worked_with;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::time;
use crate::state::Organisation;

/// Records that an office is gone, or worked with no longer.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseOrganisation {
    /// The office.
    pub organisation: OrganisationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
}

impl Single for CloseOrganisation {
    type State = Organisation;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::organisation(self.organisation)
    }

    fn drafts(&self, known: &Organisation, context: &Context) -> Result<Vec<Draft>, Rejection> {
        worked_with(known)?;
        time::occurred(self.occurred, context, "occurred")?;
        let registered = known.registered.and_then(|step| step.day());
        time::in_order(registered, self.occurred, "occurred")?;
        let event = OrganisationEvent::Closed(OrganisationClosed {
            organisation: self.organisation,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
