//! Records that a promised next step need not be done.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FollowUpCancelled, FollowUpEvent};
use ledger_core::id::{ChildId, FollowUpId};
use ledger_core::time::Occurred;

use super::still_open;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::required;
use crate::state::Child;

/// Records that a promised next step need not be done.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelFollowUp {
    /// The person.
    pub child: ChildId,
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for CancelFollowUp {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        still_open(child, self.follow_up, self.occurred)?;
        let event = FollowUpEvent::Cancelled(FollowUpCancelled {
            follow_up: self.follow_up,
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
