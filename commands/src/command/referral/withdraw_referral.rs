//! Records that the centre took back a referral that the section has not ended.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralWithdrawn};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::going_on;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the centre took back a referral that the section has not ended.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for WithdrawReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        if !known.is_open() || known.completed.is_some() {
            return Err(Reason::ReferralNotOpen.on("referral"));
        }
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let reason = private(self.reason.as_deref());
        if reason.text().is_none() {
            return Err(Reason::MissingValue.on("reason"));
        }
        let event = ReferralEvent::Withdrawn(ReferralWithdrawn {
            referral: self.referral,
            reason,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
