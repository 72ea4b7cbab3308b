//! Promises a next step by a day (次の対応).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Actor;
use ledger_core::event::{Draft, FollowUpEvent, FollowUpScheduled};
use ledger_core::id::{ChildId, ConsultationId, FollowUpId};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Promises a next step by a day (次の対応).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleFollowUp {
    /// The person.
    pub child: ChildId,
    /// The follow-up's new id.
    pub follow_up: FollowUpId,
    /// When it was promised.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The day by which.
    pub due_on: Day,
    /// The consultation that it follows.
    #[serde(default)]
    pub consultation: Option<ConsultationId>,
    /// The account that does it.
    #[serde(default)]
    pub owner: Option<Actor>,
    /// What is to be done.
    #[serde(default)]
    pub what: Option<String>,
}

impl Act for ScheduleFollowUp {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.follow_up(self.follow_up).is_some() {
            return Err(Reason::AlreadyRecorded.on("follow_up"));
        }
        if self
            .consultation
            .is_some_and(|id| !child.has_consultation(id))
        {
            return Err(Reason::ConsultationNotFound.on("consultation"));
        }
        time::not_before(self.occurred.day(), self.due_on, "due_on")?;
        let event = FollowUpEvent::Scheduled(FollowUpScheduled {
            follow_up: self.follow_up,
            consultation: self.consultation,
            due_on: self.due_on,
            owner: self.owner.clone(),
            what: private(self.what.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
