//! Records the answer to a request, which ends it.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, RequestAnswered, RequestEvent};
use ledger_core::id::{LedgerId, RequestId, StreamName};
use ledger_core::time::Occurred;

use super::open;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::required;
use crate::state::Request;

/// Records the answer to a request, which ends it.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// The request.
    pub request: RequestId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The answer.
    pub text: String,
}

impl Single for AnswerRequest {
    type State = Request;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::request(self.request)
    }

    fn drafts(&self, request: &Request, context: &Context) -> Result<Vec<Draft>, Rejection> {
        open(request, self.occurred, context)?;
        let event = RequestEvent::Answered(RequestAnswered {
            request: self.request,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
