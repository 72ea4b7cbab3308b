//! Records that a held meeting's minutes were approved, with the log's head written in them.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, MinutesApproved};
use ledger_core::id::{LedgerId, MeetingId, Position, StreamName};
use ledger_core::time::Occurred;

use super::follows_meeting;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::hash::hash;
use crate::state::Meeting;

/// Records that a held meeting's minutes were approved, with the log's head written in them.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveMinutes {
    /// The meeting.
    pub meeting: MeetingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The log's head as written in the minutes; not before the position of the materials.
    pub position: Position,
    /// Its root, 64 hex digits.
    pub root: String,
}

impl Single for ApproveMinutes {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows_meeting(meeting, self.occurred, context)?;
        if meeting.minutes.is_some() {
            return Err(Reason::AlreadyRecorded.on("meeting"));
        }
        if meeting
            .frozen
            .is_some_and(|frozen| self.position < frozen.as_at)
        {
            return Err(Reason::StepsOutOfOrder.on("position"));
        }
        let event = CommitteeEvent::MinutesApproved(MinutesApproved {
            meeting: self.meeting,
            position: self.position,
            root: hash(&self.root, "root")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
