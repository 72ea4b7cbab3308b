//! Records a request of the ward to the state, to Tokyo or to others, with what speaks for it (要望).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Addressee;
use ledger_core::event::{Draft, RequestEvent, RequestMade};
use ledger_core::id::{EventId, LedgerId, RequestId, StreamName};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::{given, required};
use crate::rule::time;
use crate::state::Request;

/// Records a request of the ward to the state, to Tokyo or to others, with what speaks for it (要望).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeRequest {
    /// The request's new id.
    pub request: RequestId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Of whom; outside the ward.
    pub addressee: Addressee,
    /// Indicators that speak for it.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// Events that speak for it.
    #[serde(default)]
    pub evidence: Vec<EventId>,
    /// By when an answer is hoped for; not before it is made.
    #[serde(default)]
    pub due_on: Option<Day>,
    /// What.
    pub text: String,
}

impl Single for MakeRequest {
    type State = Request;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::request(self.request)
    }

    fn drafts(&self, request: &Request, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if request.made.is_some() {
            return Err(Reason::AlreadyRecorded.on("request"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        match self.addressee {
            Addressee::Centre | Addressee::Ward => {
                return Err(Reason::NotAnAddressee.on("addressee"));
            },
            Addressee::Tokyo | Addressee::State | Addressee::Other => {},
        }
        let due = self.due_on.map_or(Occurred::Unknown, Occurred::Day);
        time::in_order(self.occurred.day(), due, "due_on")?;
        let indicators = self.indicators.iter();
        let event = RequestEvent::Made(RequestMade {
            request: self.request,
            addressee: self.addressee,
            indicators: indicators.filter_map(|one| given(Some(one))).collect(),
            evidence: self.evidence.clone(),
            due_on: self.due_on,
            text: required(Some(&self.text), "text")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
