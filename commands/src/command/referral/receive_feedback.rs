//! Records what the centre heard of a referral's end; this closes the loop.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralFeedbackReceived};
use ledger_core::id::{ChildId, ReferralId};
use ledger_core::time::Occurred;

use super::{follows, going_on};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records what the centre heard of a referral's end; this closes the loop.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveFeedback {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What was reported; needed.
    pub feedback: String,
}

impl Act for ReceiveFeedback {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        let ended = known.completed.is_some() || known.declined.is_some();
        follows(known.feedback.is_some(), ended)?;
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let feedback = private(Some(&self.feedback));
        if feedback.text().is_none() {
            return Err(Reason::MissingValue.on("feedback"));
        }
        let event = ReferralEvent::FeedbackReceived(ReferralFeedbackReceived {
            referral: self.referral,
            feedback,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
