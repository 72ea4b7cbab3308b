//! Records that the section received a referral (受理).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Channel;
use ledger_core::event::{Draft, ReferralEvent, ReferralReceived};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::{follows, going_on};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the section received a referral (受理).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How the centre learnt it, where it writes on the section's behalf.
    #[serde(default)]
    pub learnt_by: Option<Channel>,
    /// Who received it.
    #[serde(default)]
    pub receiver: Option<String>,
}

impl Act for ReceiveReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        let decided = known.accepted.is_some() || known.declined.is_some();
        follows(known.received.is_some(), !decided)?;
        time::in_order(known.made.day(), self.occurred, "occurred")?;
        let event = ReferralEvent::Received(ReferralReceived {
            referral: self.referral,
            learnt_by: self.learnt_by,
            receiver: private(self.receiver.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
