//! Records that a consent was taken back; nothing is shared on it from then on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Speaker;
use ledger_core::event::{ConsentEvent, ConsentWithdrawn, Draft};
use ledger_core::id::{ChildId, ConsentId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that a consent was taken back; nothing is shared on it from then on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsent {
    /// The person.
    pub child: ChildId,
    /// The consent.
    pub consent: ConsentId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who took it back.
    pub withdrawn_by: Speaker,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for WithdrawConsent {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let consent = child.consents.given.get(&self.consent);
        let consent = consent.ok_or(Reason::ConsentNotFound.on("consent"))?;
        if consent.withdrawn.is_some() {
            return Err(Reason::AlreadyRecorded.on("consent"));
        }
        time::in_order(consent.given.day(), self.occurred, "occurred")?;
        let event = ConsentEvent::Withdrawn(ConsentWithdrawn {
            consent: self.consent,
            withdrawn_by: self.withdrawn_by,
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
