//! Records that the receiver of a referral asked for more.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ReferralEvent, ReferralInformationRequested};
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

/// Records that the receiver of a referral asked for more.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskReferralInformation {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What is asked; needed.
    pub question: String,
}

impl Act for AskReferralInformation {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = still_open(child, self.referral)?;
        time::in_order(known.made.day(), self.occurred, "occurred")?;
        let question = private(Some(&self.question));
        if question.text().is_none() {
            return Err(Reason::MissingValue.on("question"));
        }
        let event = ReferralEvent::InformationRequested(ReferralInformationRequested {
            referral: self.referral,
            question,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
