//! Goes on with a referral that was declined, completed or withdrawn.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralReopened};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Goes on with a referral that was declined, completed or withdrawn.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    pub reason: String,
}

impl Act for ReopenReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = child.referral(self.referral);
        let known = known.ok_or(Reason::ReferralNotFound.on("referral"))?;
        // One that was sent on goes on as the new one.
        if known.redirected.is_some() {
            return Err(Reason::ReferralNotOpen.on("referral"));
        }
        if !known.can_reopen() {
            return Err(Reason::ReferralOpen.on("referral"));
        }
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let reason = private(Some(&self.reason));
        if reason.text().is_none() {
            return Err(Reason::MissingValue.on("reason"));
        }
        let event = ReferralEvent::Reopened(ReferralReopened {
            referral: self.referral,
            reason,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
