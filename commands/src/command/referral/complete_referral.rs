//! Records that the section completed its part of a referral, and with what outcome.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Outcome;
use ledger_core::event::{Draft, ReferralCompleted, ReferralEvent};
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

/// Records that the section completed its part of a referral, and with what outcome.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteReferral {
    /// The person.
    pub child: ChildId,
    /// The referral.
    pub referral: ReferralId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How it ended.
    pub outcome: Outcome,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for CompleteReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        follows(known.completed.is_some(), known.accepted.is_some())?;
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let event = ReferralEvent::Completed(ReferralCompleted {
            referral: self.referral,
            outcome: Some(self.outcome),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
