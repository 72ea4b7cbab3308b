//! Changes what is known of an office; what is not given stays.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, PartyKind};
use ledger_core::event::{Draft, OrganisationEvent, OrganisationProfile};
use ledger_core::id::{LedgerId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use super::worked_with;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::rule::time;
use crate::state::Organisation;

/// Changes what is known of an office; what is not given stays.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrganisation {
    /// The office.
    pub organisation: OrganisationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind.
    #[serde(default)]
    pub kind: Option<PartyKind>,
    /// Name; an office's, never a person's.
    #[serde(default)]
    pub name: Option<String>,
    /// Area.
    #[serde(default)]
    pub area: Option<Area>,
    /// The office's own telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// The office's own address.
    #[serde(default)]
    pub address: Option<String>,
}

impl Single for ChangeOrganisation {
    type State = Organisation;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::organisation(self.organisation)
    }

    fn drafts(&self, known: &Organisation, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = worked_with(known)?;
        time::occurred(self.occurred, context, "occurred")?;
        let now = OrganisationProfile {
            organisation: known.organisation,
            kind: self.kind.unwrap_or(known.kind),
            name: given(self.name.as_deref()).unwrap_or_else(|| known.name.clone()),
            area: self.area.or(known.area),
            phone: given(self.phone.as_deref()).or_else(|| known.phone.clone()),
            address: given(self.address.as_deref()).or_else(|| known.address.clone()),
        };
        if now == *known {
            return Err(Reason::NothingChanges.into());
        }
        let event = OrganisationEvent::Changed(now);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
