//! Records that somebody above was asked, since no answer to a referral came.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEscalated, ReferralEvent};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::{outgoing, still_open};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that somebody above was asked, since no answer to a referral came.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalateReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who was asked; needed.
    pub to: String,
    /// What was said.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for EscalateReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = still_open(child, self.referral)?;
        outgoing(known)?;
        time::in_order(known.made.day(), self.occurred, "occurred")?;
        let to = private(Some(&self.to));
        if to.text().is_none() {
            return Err(Reason::MissingValue.on("to"));
        }
        let event = ReferralEvent::Escalated(ReferralEscalated {
            referral: self.referral,
            to,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
