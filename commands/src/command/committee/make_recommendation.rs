//! Records what the committee recommended, to whom and by when it is to be answered (提言).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Addressee;
use ledger_core::event::{CommitteeEvent, Draft, RecommendationMade};
use ledger_core::id::{LedgerId, MeetingId, RecommendationId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::follows_meeting;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, required};
use crate::rule::time;
use crate::state::Meeting;

/// Records what the committee recommended, to whom and by when it is to be answered (提言).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeRecommendation {
    /// The meeting; it was held.
    pub meeting: MeetingId,
    /// The recommendation's new id.
    pub recommendation: RecommendationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// To whom.
    pub addressee: Addressee,
    /// By when it is to be answered; not before it is made.
    #[serde(default)]
    pub due_on: Option<Day>,
    /// The indicator that it is about.
    #[serde(default)]
    pub indicator: Option<String>,
    /// What.
    pub text: String,
}

impl Single for MakeRecommendation {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows_meeting(meeting, self.occurred, context)?;
        if meeting.recommendation(self.recommendation).is_some() {
            return Err(Reason::AlreadyRecorded.on("recommendation"));
        }
        let due = self.due_on.map_or(Occurred::Unknown, Occurred::Day);
        time::in_order(self.occurred.day(), due, "due_on")?;
        let event = CommitteeEvent::RecommendationMade(RecommendationMade {
            recommendation: self.recommendation,
            addressee: self.addressee,
            due_on: self.due_on,
            indicator: given(self.indicator.as_deref()),
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
