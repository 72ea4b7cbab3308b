//! Corrections: history is never edited, a later event points at an earlier one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::table::events;
use crate::code::CorrectionReason;
use crate::id::{ChildId, EventId};
use crate::private::Private;
use crate::time::Occurred;

events! {
    /// What can be said about an event that stands already.
    pub enum CorrectionEvent {
        /// An event has another content; the target's private fields are of class record.
        "event-corrected" @ 1 record => Corrected(EventCorrected),
        /// An event has another content; the target's private fields are of class identity.
        "identity-event-corrected" @ 1 identity => IdentityCorrected(EventCorrected),
        /// An event never happened.
        "event-annulled" @ 1 record => Annulled(EventAnnulled),
        /// An annulled event did happen.
        "annulment-reversed" @ 1 record => AnnulmentReversed(AnnulmentReversed),
        /// An event happened to another person, in whose stream it stands now.
        "event-reassigned" @ 1 record => Reassigned(EventReassigned),
    }
}

impl CorrectionEvent {
    /// The event about which it says something.
    #[must_use]
    pub const fn target(&self) -> EventId {
        match self {
            Self::Corrected(it) | Self::IdentityCorrected(it) => it.target,
            Self::Annulled(it) => it.target,
            Self::AnnulmentReversed(it) => it.target,
            Self::Reassigned(it) => it.target,
        }
    }
}

/// What the subject of a moved event is called that names whose stream it stood in.
pub const REASSIGNED_FROM: &str = "reassigned-from";

/// What the subject of a moved event is called that names the event it takes the place of.
pub const REASSIGNED_EVENT: &str = "reassigned-event";

/// An event's whole new content, in place of the target's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventCorrected {
    /// The event that is corrected: always the original, also when it was corrected before.
    pub target: EventId,
    /// Its type.
    pub target_type: String,
    /// Schema version of `payload`.
    pub schema: u16,
    /// The whole new clear payload.
    pub payload: Map<String, Value>,
    /// When it occurred, where that changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurred: Option<Occurred>,
    /// Why, as a code.
    pub reason: CorrectionReason,
    /// The whole new private payload.
    pub private_payload: Private<Map<String, Value>>,
    /// Why, in words.
    pub explanation: Private<Option<String>>,
}

/// An event never happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventAnnulled {
    /// The event.
    pub target: EventId,
    /// Why, as a code.
    pub reason: CorrectionReason,
    /// Why, in words.
    pub explanation: Private<Option<String>>,
}

/// An annulled event did happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnnulmentReversed {
    /// The event that stands again.
    pub target: EventId,
    /// Why, as a code.
    pub reason: CorrectionReason,
    /// Why, in words.
    pub explanation: Private<Option<String>>,
}

/// An event happened to another person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventReassigned {
    /// The event, which counts here no longer.
    pub target: EventId,
    /// The person to whom it happened.
    pub to: ChildId,
    /// The event that stands in that person's stream now.
    pub to_event: EventId,
    /// Why, as a code.
    pub reason: CorrectionReason,
    /// Why, in words.
    pub explanation: Private<Option<String>>,
}
