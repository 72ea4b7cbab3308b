//! Answers an opinion of the liaison council, with the events that show it; more than once where work goes on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, OpinionAnswered, RequestEvent};
use ledger_core::id::{EventId, LedgerId, OpinionId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Opinion;

/// Answers an opinion of the liaison council, with the events that show it; more than once where work goes on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerOpinion {
    /// The opinion.
    pub opinion: OpinionId,
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

impl Single for AnswerOpinion {
    type State = Opinion;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::opinion(self.opinion)
    }

    fn drafts(&self, opinion: &Opinion, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let received = opinion.received;
        let received = received.ok_or(Reason::OpinionNotFound.on("opinion"))?;
        time::occurred(self.occurred, context, "occurred")?;
        time::in_order(received.day(), self.occurred, "occurred")?;
        let text = private(self.text.as_deref());
        if text.text().is_none() && self.evidence.is_empty() {
            return Err(Reason::MissingValue.on("text"));
        }
        let event = RequestEvent::OpinionAnswered(OpinionAnswered {
            opinion: self.opinion,
            evidence: self.evidence.clone(),
            text,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
