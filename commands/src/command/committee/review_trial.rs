//! Records how the committee reviewed the trial, on one ground or more (試行の検証).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{TrialConclusion, TrialGround};
use ledger_core::event::{CommitteeEvent, Draft, TrialReviewed};
use ledger_core::id::{LedgerId, MeetingId, StreamName};
use ledger_core::time::Occurred;

use super::follows;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::Meeting;

/// Records how the committee reviewed the trial, on one ground or more (試行の検証).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTrial {
    /// The meeting.
    pub meeting: MeetingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What the review says.
    pub conclusion: TrialConclusion,
    /// On what grounds; one or more.
    #[serde(default)]
    pub grounds: Vec<TrialGround>,
    /// More, in words.
    #[serde(default)]
    pub text: Option<String>,
}

impl Single for ReviewTrial {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows(meeting, self.occurred, context)?;
        let mut grounds = self.grounds.clone();
        grounds.sort_unstable();
        grounds.dedup();
        if grounds.is_empty() {
            return Err(Reason::MissingValue.on("grounds"));
        }
        let event = CommitteeEvent::TrialReviewed(TrialReviewed {
            conclusion: self.conclusion,
            grounds,
            text: private(self.text.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
