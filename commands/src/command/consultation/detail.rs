//! What both kinds of consultation check and write the same way.

use ledger_core::code::{ActionTaken, Area, Channel, Consulter, Topic};
use ledger_core::event::{ConsultationEvent, ConsultationRecorded};
use ledger_core::id::ConsultationId;

use crate::rejection::{Reason, Rejection};
use crate::rule::limit;
use crate::rule::text::private;

/// A consultation's fields, borrowed from its command.
pub(super) struct Detail<'a> {
    pub(super) consultation: ConsultationId,
    pub(super) consulter: Consulter,
    pub(super) channel: Channel,
    pub(super) topics: &'a [Topic],
    pub(super) action: Option<ActionTaken>,
    pub(super) area: Option<Area>,
    pub(super) duration_minutes: Option<u32>,
    pub(super) content: Option<&'a str>,
    pub(super) staff: Option<&'a str>,
    pub(super) name_given: Option<&'a str>,
}

impl Detail<'_> {
    pub(super) fn event(&self) -> Result<ConsultationEvent, Rejection> {
        let mut topics = self.topics.to_vec();
        let mut seen = std::collections::BTreeSet::new();
        topics.retain(|topic| seen.insert(*topic));
        if topics.is_empty() {
            return Err(Reason::MissingValue.on("topics"));
        }
        limit::duration(self.duration_minutes)?;
        Ok(ConsultationEvent::Recorded(ConsultationRecorded {
            consultation: self.consultation,
            number: None,
            consulter: Some(self.consulter),
            channel: Some(self.channel),
            topics,
            action: self.action,
            area: self.area,
            duration_minutes: self.duration_minutes,
            content: private(self.content),
            staff: private(self.staff),
            name_given: private(self.name_given),
        }))
    }
}
