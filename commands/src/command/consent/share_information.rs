//! Records what the centre shared with another office, and on what ground (情報提供).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DataClass, LegalBasis, PartyKind, SharingPurpose};
use ledger_core::event::{ConsentEvent, Draft, InformationShared};
use ledger_core::id::{ChildId, ConsentId, OrganisationId, SharingId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::consent::{Sharing, may_share};
use crate::rule::content;
use crate::rule::list::distinct;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records what the centre shared with another office, and on what ground (情報提供).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareInformation {
    /// The person.
    pub child: ChildId,
    /// The sharing's new id.
    pub sharing: SharingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind of office.
    pub party: PartyKind,
    /// The office, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// What was told; one or more.
    #[serde(default)]
    pub data: Vec<DataClass>,
    /// For what.
    pub purpose: SharingPurpose,
    /// On what ground.
    pub basis: LegalBasis,
    /// The consent; none: any that covers it.
    #[serde(default)]
    pub consent: Option<ConsentId>,
    /// Who was told, in words.
    #[serde(default)]
    pub recipient: Option<String>,
    /// What was told, in words.
    #[serde(default)]
    pub what: Option<String>,
    /// Why the ground holds; needed where it is not a consent.
    #[serde(default)]
    pub ground: Option<String>,
}

impl Act for ShareInformation {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.consents.shared.contains(&self.sharing) {
            return Err(Reason::AlreadyRecorded.on("sharing"));
        }
        let data = distinct(&self.data);
        let event = ConsentEvent::Shared(InformationShared {
            sharing: self.sharing,
            party: self.party,
            organisation: self.organisation,
            consent: self.consent_of(child, &data)?,
            data,
            purpose: self.purpose,
            basis: self.basis,
            recipient: private(self.recipient.as_deref()),
            what: private(self.what.as_deref()),
            ground: private(self.ground.as_deref()),
        });
        let draft = Draft::new(event, self.occurred);
        content::check(&draft.event)?;
        Ok(vec![draft])
    }
}

impl ShareInformation {
    /// The consent to write down: the one that is the ground, or one that is named beside another.
    fn consent_of(
        &self,
        child: &Child,
        data: &[DataClass],
    ) -> Result<Option<ConsentId>, Rejection> {
        if self.basis != LegalBasis::Consent {
            let given = [&child.consents.given, &child.others.consents];
            let known = |id| given.iter().any(|given| given.contains_key(&id));
            let unknown = self.consent.is_some_and(|id| !known(id));
            return if unknown {
                Err(Reason::ConsentNotFound.on("consent"))
            } else {
                Ok(self.consent)
            };
        }
        let sharing = Sharing {
            party: self.party,
            organisation: self.organisation,
            data,
            purpose: self.purpose,
        };
        may_share(child, self.consent, &sharing, self.occurred).map(Some)
    }
}
