//! Records that the person or guardian refused to share.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DataClass, PartyKind, SharingPurpose, Speaker};
use ledger_core::event::{ConsentEvent, ConsentRefused, Draft};
use ledger_core::id::{ChildId, ConsentId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::content;
use crate::rule::list::distinct;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that the person or guardian refused to share.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseConsent {
    /// The person.
    pub child: ChildId,
    /// The new id of the consent that was asked for.
    pub consent: ConsentId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kinds of offices that may not be told.
    #[serde(default)]
    pub recipients: Vec<PartyKind>,
    /// What may not be told; one or more.
    #[serde(default)]
    pub data: Vec<DataClass>,
    /// For what it was asked.
    pub purpose: SharingPurpose,
    /// Who refused.
    pub refused_by: Speaker,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for RefuseConsent {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.consents.knows(self.consent) {
            return Err(Reason::AlreadyRecorded.on("consent"));
        }
        let event = ConsentEvent::Refused(ConsentRefused {
            consent: self.consent,
            recipients: distinct(&self.recipients),
            data: distinct(&self.data),
            purpose: self.purpose,
            refused_by: self.refused_by,
            reason: private(self.reason.as_deref()),
        });
        let draft = Draft::new(event, self.occurred);
        content::check(&draft.event)?;
        Ok(vec![draft])
    }
}
