//! Consent (同意) to share what the centre knows, and what was shared with whom on what ground.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{ConsentForm, DataClass, LegalBasis, PartyKind, SharingPurpose, Speaker};
use crate::id::{ConsentId, OrganisationId, SharingId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// Consent and sharing.
    pub enum ConsentEvent {
        /// The person or guardian consented to sharing.
        "consent-given" @ 1 record => Given(ConsentGiven),
        /// A consent was taken back; nothing is shared on it from then on.
        "consent-withdrawn" @ 1 record => Withdrawn(ConsentWithdrawn),
        /// The person or guardian refused to share.
        "consent-refused" @ 1 record => Refused(ConsentRefused),
        /// The centre shared something with another office (情報提供).
        "information-shared" @ 1 record => Shared(InformationShared),
    }
}

/// The person or guardian consented to sharing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsentGiven {
    /// The consent.
    pub consent: ConsentId,
    /// Kinds of offices that may be told; one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<PartyKind>,
    /// Only these offices, where they are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationId>,
    /// What may be told; one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataClass>,
    /// For what.
    pub purpose: SharingPurpose,
    /// How it was given.
    pub form: ConsentForm,
    /// Who gave it.
    pub given_by: Speaker,
    /// Last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// Who gave it, by name.
    pub giver: Private<Option<String>>,
    /// More, in words.
    pub note: Private<Option<String>>,
}

/// A consent was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsentWithdrawn {
    /// The consent.
    pub consent: ConsentId,
    /// Who took it back.
    pub withdrawn_by: Speaker,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The person or guardian refused to share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsentRefused {
    /// The consent that was asked for.
    pub consent: ConsentId,
    /// Kinds of offices that may not be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<PartyKind>,
    /// What may not be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataClass>,
    /// For what it was asked.
    pub purpose: SharingPurpose,
    /// Who refused.
    pub refused_by: Speaker,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// The centre shared something with another office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InformationShared {
    /// The sharing.
    pub sharing: SharingId,
    /// Kind of office.
    pub party: PartyKind,
    /// The office, where it is in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// What was told; one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataClass>,
    /// For what.
    pub purpose: SharingPurpose,
    /// On what ground.
    pub basis: LegalBasis,
    /// The consent that is the ground, or was named beside another ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// Who was told, in words.
    pub recipient: Private<Option<String>>,
    /// What was told, in words.
    pub what: Private<Option<String>>,
    /// Why the ground holds, where it is not a consent.
    pub ground: Private<Option<String>>,
}
