//! Records an opinion of the liaison council (連絡協議会の意見).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, OpinionReceived, RequestEvent};
use ledger_core::id::{LedgerId, OpinionId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::required;
use crate::rule::time;
use crate::state::Opinion;

/// Records an opinion of the liaison council (連絡協議会の意見).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveOpinion {
    /// The opinion's new id.
    pub opinion: OpinionId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// What it says.
    pub text: String,
}

impl Single for ReceiveOpinion {
    type State = Opinion;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::opinion(self.opinion)
    }

    fn drafts(&self, opinion: &Opinion, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if opinion.received.is_some() {
            return Err(Reason::AlreadyRecorded.on("opinion"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let event = RequestEvent::OpinionReceived(OpinionReceived {
            opinion: self.opinion,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
