//! Takes an office into the directory.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, PartyKind};
use ledger_core::event::{Draft, OrganisationEvent, OrganisationProfile};
use ledger_core::id::{LedgerId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::rule::time;
use crate::state::Organisation;

/// Takes an office into the directory.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterOrganisation {
    /// The office's new id.
    pub organisation: OrganisationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind.
    pub kind: PartyKind,
    /// Name; an office's, never a person's.
    pub name: String,
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

impl Single for RegisterOrganisation {
    type State = Organisation;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::organisation(self.organisation)
    }

    fn drafts(&self, known: &Organisation, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if known.profile.is_some() {
            return Err(Reason::AlreadyRegistered.on("organisation"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let name = given(Some(&self.name)).ok_or(Reason::MissingValue.on("name"))?;
        let event = OrganisationEvent::Registered(OrganisationProfile {
            organisation: self.organisation,
            kind: self.kind,
            name,
            area: self.area,
            phone: given(self.phone.as_deref()),
            address: given(self.address.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
