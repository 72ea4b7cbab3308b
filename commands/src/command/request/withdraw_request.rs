//! Records that the ward took a request back, and why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, RequestEvent, RequestWithdrawn};
use ledger_core::id::{LedgerId, RequestId, StreamName};
use ledger_core::time::Occurred;

use super::open;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::private;
use crate::state::Request;

/// Records that the ward took a request back, and why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// The request.
    pub request: RequestId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for WithdrawRequest {
    type State = Request;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::request(self.request)
    }

    fn drafts(&self, request: &Request, context: &Context) -> Result<Vec<Draft>, Rejection> {
        open(request, self.occurred, context)?;
        let event = RequestEvent::Withdrawn(RequestWithdrawn {
            request: self.request,
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
