//! Records a consultation without a known person.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{ActionTaken, Area, Channel, Consulter, Topic};
use ledger_core::event::Draft;
use ledger_core::id::{ConsultationId, InquiryId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::detail::Detail;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Inquiry;

/// Records a consultation without a known person (匿名).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordInquiry {
    /// The inquiry's new id.
    pub inquiry: InquiryId,
    /// The consultation's new id.
    pub consultation: ConsultationId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who consulted.
    pub consulter: Consulter,
    /// How.
    pub channel: Channel,
    /// About what; one or more.
    pub topics: Vec<Topic>,
    /// What the centre did.
    #[serde(default)]
    pub action: Option<ActionTaken>,
    /// Area as given with the consultation.
    #[serde(default)]
    pub area: Option<Area>,
    /// How long it took, at most 1,440.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// What was said.
    #[serde(default)]
    pub content: Option<String>,
    /// Who of the centre took it.
    #[serde(default)]
    pub staff: Option<String>,
    /// A name as given, where one was.
    #[serde(default)]
    pub name_given: Option<String>,
}

impl Single for RecordInquiry {
    type State = Inquiry;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::inquiry(self.inquiry)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, inquiry: &Inquiry, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if inquiry.consultation.is_some() {
            return Err(Reason::AlreadyRecorded.on("inquiry"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        let detail = Detail {
            consultation: self.consultation,
            consulter: self.consulter,
            channel: self.channel,
            topics: &self.topics,
            action: self.action,
            area: self.area,
            duration_minutes: self.duration_minutes,
            content: self.content.as_deref(),
            staff: self.staff.as_deref(),
            name_given: self.name_given.as_deref(),
        };
        Ok(vec![Draft::new(detail.event()?, self.occurred)])
    }
}
