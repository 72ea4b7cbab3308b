//! What others ask of the ward and what the ward asks of others: the liaison council's opinions, requests to Tokyo and the state.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::Addressee;
use crate::id::{EventId, OpinionId, RequestId};
use crate::private::Private;
use crate::time::Day;

events! {
    /// An opinion of the liaison council, or a request, up to its answer.
    pub enum RequestEvent {
        /// The liaison council gave an opinion (連絡協議会の意見).
        "council-opinion-received" @ 1 record => OpinionReceived(OpinionReceived),
        /// The opinion was answered.
        "council-opinion-answered" @ 1 record => OpinionAnswered(OpinionAnswered),
        /// The ward asked the state or Tokyo for something (国・都への要望).
        "request-made" @ 1 record => Made(RequestMade),
        /// The request was answered.
        "request-answered" @ 1 record => Answered(RequestAnswered),
        /// The request was taken back.
        "request-withdrawn" @ 1 record => Withdrawn(RequestWithdrawn),
    }
}

/// The liaison council gave an opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpinionReceived {
    /// The opinion.
    pub opinion: OpinionId,
    /// What it says.
    pub text: Private<Option<String>>,
}

/// An opinion was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpinionAnswered {
    /// The opinion.
    pub opinion: OpinionId,
    /// Events that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EventId>,
    /// The answer.
    pub text: Private<Option<String>>,
}

/// The ward asked for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequestMade {
    /// The request.
    pub request: RequestId,
    /// Of whom.
    pub addressee: Addressee,
    /// Indicators that speak for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// Events that speak for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EventId>,
    /// By when an answer is hoped for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Day>,
    /// What.
    pub text: Private<Option<String>>,
}

/// A request was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequestAnswered {
    /// The request.
    pub request: RequestId,
    /// The answer.
    pub text: Private<Option<String>>,
}

/// A request was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequestWithdrawn {
    /// The request.
    pub request: RequestId,
    /// Why.
    pub reason: Private<Option<String>>,
}
