//! Answers a recommendation, with the events that show it; more than once where work goes on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, RecommendationAnswered};
use ledger_core::id::{EventId, LedgerId, MeetingId, RecommendationId, StreamName};
use ledger_core::time::Occurred;

use super::follows;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Meeting;

/// Answers a recommendation, with the events that show it; more than once where work goes on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRecommendation {
    /// The meeting.
    pub meeting: MeetingId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Events that show it.
    #[serde(default)]
    pub evidence: Vec<EventId>,
    /// The answer; may be left out where events speak for themselves.
    #[serde(default)]
    pub text: Option<String>,
}

impl Single for AnswerRecommendation {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows(meeting, self.occurred, context)?;
        let made = meeting.recommendation(self.recommendation);
        let made = made.ok_or(Reason::RecommendationNotFound.on("recommendation"))?;
        time::in_order(made.day(), self.occurred, "occurred")?;
        let text = private(self.text.as_deref());
        if text.text().is_none() && self.evidence.is_empty() {
            return Err(Reason::MissingValue.on("text"));
        }
        let event = CommitteeEvent::RecommendationAnswered(RecommendationAnswered {
            recommendation: self.recommendation,
            evidence: self.evidence.clone(),
            text,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
