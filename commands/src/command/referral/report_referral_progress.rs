//! Records how far the receiver is with a referral that it received (経過報告).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralProgressReported};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::still_open;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records how far the receiver is with a referral that it received (経過報告).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportReferralProgress {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What was told; needed.
    pub progress: String,
}

impl Act for ReportReferralProgress {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = still_open(child, self.referral)?;
        let received = known
            .received
            .ok_or(Reason::StepsOutOfOrder.on("referral"))?;
        time::in_order(received.day(), self.occurred, "occurred")?;
        let progress = private(Some(&self.progress));
        if progress.text().is_none() {
            return Err(Reason::MissingValue.on("progress"));
        }
        let event = ReferralEvent::ProgressReported(ReferralProgressReported {
            referral: self.referral,
            progress,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
