//! Records what the committee found.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, FindingRecorded};
use ledger_core::id::{FindingId, LedgerId, MeetingId, StreamName};
use ledger_core::time::Occurred;

use super::follows;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, required};
use crate::state::Meeting;

/// Records what the committee found.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordFinding {
    /// The meeting.
    pub meeting: MeetingId,
    /// The finding's new id.
    pub finding: FindingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The indicator that it is about.
    #[serde(default)]
    pub indicator: Option<String>,
    /// What.
    pub text: String,
}

impl Single for RecordFinding {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows(meeting, self.occurred, context)?;
        if meeting.has_finding(self.finding) {
            return Err(Reason::AlreadyRecorded.on("finding"));
        }
        let event = CommitteeEvent::FindingRecorded(FindingRecorded {
            finding: self.finding,
            indicator: given(self.indicator.as_deref()),
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
