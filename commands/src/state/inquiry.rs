//! A consultation without a known person.

use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::id::{ChildId, ConsultationId};

use super::{Happened, Step};

/// A consultation without a known person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// The consultation, once it is recorded.
    pub consultation: Option<ConsultationId>,
    /// When it took place.
    pub recorded: Option<Step>,
    /// The person whom it turned out to be about.
    pub child: Option<ChildId>,
    /// When that was found out, or found to be wrong.
    pub linked: Option<Step>,
}

impl Inquiry {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Consultation(event) = happened.event else {
            return;
        };
        match event {
            ConsultationEvent::Recorded(recorded) => {
                self.consultation = Some(recorded.consultation);
                self.recorded = Some(happened.step());
            },
            ConsultationEvent::InquiryLinked(linked) => {
                self.child = Some(linked.child);
                self.linked = Some(happened.step());
            },
            ConsultationEvent::InquiryUnlinked(_) => {
                self.child = None;
                self.linked = Some(happened.step());
            },
        }
    }
}
