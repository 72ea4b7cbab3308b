//! Records that a convened meeting was held, and who attended.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, MeetingHeld};
use ledger_core::id::{LedgerId, MeetingId, StreamName};
use ledger_core::time::Occurred;

use super::follows;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private_list;
use crate::rule::time;
use crate::state::Meeting;

/// Records that a convened meeting was held, and who attended.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldMeeting {
    /// The meeting.
    pub meeting: MeetingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who attended, by name.
    #[serde(default)]
    pub attendees: Vec<String>,
    /// How many attended, where it is more than are named.
    #[serde(default)]
    pub attendee_count: Option<u32>,
}

impl Single for HoldMeeting {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows(meeting, self.occurred, context)?;
        if meeting.held.is_some() {
            return Err(Reason::AlreadyRecorded.on("meeting"));
        }
        let frozen_on = meeting.frozen.and_then(|frozen| frozen.frozen_on);
        time::in_order(frozen_on, self.occurred, "occurred")?;
        let attendees = private_list(&self.attendees);
        let named = attendees.open().map_or(0, Vec::len);
        let named = u32::try_from(named).unwrap_or(u32::MAX);
        let count = self.attendee_count.unwrap_or(named);
        if count == 0 {
            return Err(Reason::MissingValue.on("attendees"));
        }
        if count < named {
            return Err(Reason::NotANumber.on("attendee_count"));
        }
        let event = CommitteeEvent::Held(MeetingHeld {
            meeting: self.meeting,
            attendees,
            attendee_count: count,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
