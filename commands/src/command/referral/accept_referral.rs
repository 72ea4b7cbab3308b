//! Records that the section took a referral on (受入決定).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Channel, Direction};
use ledger_core::event::{Draft, ReferralAccepted, ReferralEvent};
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

/// Records that the section took a referral on (受入決定).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptReferral {
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
    /// Who is in charge of it there.
    #[serde(default)]
    pub owner: Option<String>,
}

impl Act for AcceptReferral {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = going_on(child, self.referral)?;
        let decided = known.accepted.is_some() || known.declined.is_some();
        // What another office referred to the centre has arrived by being recorded.
        let arrived = known.received.is_some() || known.direction == Direction::From;
        follows(decided, arrived)?;
        time::in_order(known.latest_day(), self.occurred, "occurred")?;
        let event = ReferralEvent::Accepted(ReferralAccepted {
            referral: self.referral,
            learnt_by: self.learnt_by,
            owner: private(self.owner.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
