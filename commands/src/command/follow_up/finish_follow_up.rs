//! Records that a promised next step was done.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FollowUpDone, FollowUpEvent};
use ledger_core::id::{ChildId, FollowUpId};
use ledger_core::time::Occurred;

use super::still_open;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that a promised next step was done.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishFollowUp {
    /// The person.
    pub child: ChildId,
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What came of it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for FinishFollowUp {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        still_open(child, self.follow_up, self.occurred)?;
        let event = FollowUpEvent::Done(FollowUpDone {
            follow_up: self.follow_up,
            result: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
