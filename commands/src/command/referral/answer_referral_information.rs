//! Records that the receiver's question about a referral was answered.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralInformationAnswered};
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

/// Records that the receiver's question about a referral was answered.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerReferralInformation {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The answer; needed.
    pub answer: String,
}

impl Act for AnswerReferralInformation {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = still_open(child, self.referral)?;
        let asked = known.asked.filter(|_| known.unanswered > 0);
        let asked = asked.ok_or(Reason::StepsOutOfOrder.on("referral"))?;
        time::in_order(asked.day(), self.occurred, "occurred")?;
        let answer = private(Some(&self.answer));
        if answer.text().is_none() {
            return Err(Reason::MissingValue.on("answer"));
        }
        let event = ReferralEvent::InformationAnswered(ReferralInformationAnswered {
            referral: self.referral,
            answer,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
