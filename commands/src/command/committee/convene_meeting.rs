//! Convenes a meeting of the steering committee (開催通知).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, MeetingConvened};
use ledger_core::id::{LedgerId, MeetingId, StreamName};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private_list;
use crate::rule::time;
use crate::state::Meeting;

/// Convenes a meeting of the steering committee (開催通知).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConveneMeeting {
    /// The meeting's new id.
    pub meeting: MeetingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Which meeting of the committee it is.
    #[serde(default)]
    pub nth: Option<u32>,
    /// The day; not before the notice.
    pub planned_on: Day,
    /// Items of the agenda.
    #[serde(default)]
    pub agenda: Vec<String>,
}

impl Single for ConveneMeeting {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if meeting.convened.is_some() {
            return Err(Reason::AlreadyRecorded.on("meeting"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let planned = Occurred::Day(self.planned_on);
        time::in_order(self.occurred.day(), planned, "planned_on")?;
        let event = CommitteeEvent::Convened(MeetingConvened {
            meeting: self.meeting,
            nth: self.nth,
            planned_on: self.planned_on,
            agenda: private_list(&self.agenda),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
