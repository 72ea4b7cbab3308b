//! Records that the centre asked a section where a referral stands; only open ones.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Channel;
use ledger_core::event::{Draft, ReferralEvent, ReferralReminded};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::{outgoing, still_open};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the centre asked a section where a referral stands; only open ones.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// What was said.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for RemindReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = still_open(child, self.referral)?;
        outgoing(known)?;
        time::in_order(known.made.day(), self.occurred, "occurred")?;
        let event = ReferralEvent::Reminded(ReferralReminded {
            referral: self.referral,
            nth: known.reminders.saturating_add(1),
            channel: self.channel,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
