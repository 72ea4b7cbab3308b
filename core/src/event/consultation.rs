//! Consultations, with a person known to the centre or without one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::{ActionTaken, Area, Channel, Consulter, Topic};
use crate::id::{ChildId, ConsultationId, InquiryId};
use crate::private::Private;

events! {
    /// Consultations of a child's or an inquiry's stream.
    pub enum ConsultationEvent {
        /// Staff wrote a consultation down.
        "consultation-recorded" @ 1 record => Recorded(ConsultationRecorded),
        /// An anonymous inquiry turned out to be about a person; stands in both streams.
        "inquiry-linked" @ 1 record => InquiryLinked(InquiryLinked),
        /// It was not about that person; stands in both streams.
        "inquiry-unlinked" @ 1 record => InquiryUnlinked(InquiryUnlinked),
    }
}

/// One consultation; about several children it stands in each child's stream under one id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsultationRecorded {
    /// The consultation.
    pub consultation: ConsultationId,
    /// Register number (受付番号), NFKC and upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Who consulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consulter: Option<Consulter>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// About what; one or more.
    pub topics: Vec<Topic>,
    /// What the centre did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<ActionTaken>,
    /// Area as given with the consultation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// How long it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// What was said.
    pub content: Private<Option<String>>,
    /// Who of the centre took it (担当).
    pub staff: Private<Option<String>>,
    /// The name as given, where it differs from the register's.
    pub name_given: Private<Option<String>>,
}

/// An anonymous inquiry turned out to be about a person; the inquiry is not typed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InquiryLinked {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// Its consultation.
    pub consultation: ConsultationId,
    /// The person.
    pub child: ChildId,
    /// How it was found out.
    pub note: Private<Option<String>>,
}

/// An inquiry was not about that person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InquiryUnlinked {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// Its consultation.
    pub consultation: ConsultationId,
    /// The person.
    pub child: ChildId,
    /// Why.
    pub reason: Private<Option<String>>,
}
