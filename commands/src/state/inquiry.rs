//! A consultation without a known person.

use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::id::{ChildId, ConsultationId};

use super::Happened;

/// A consultation without a known person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// The consultation, once it is recorded.
    pub consultation: Option<ConsultationId>,
    /// The person whom it turned out to be about.
    pub child: Option<ChildId>,
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
            },
            ConsultationEvent::InquiryLinked(linked) => self.child = Some(linked.child),
            ConsultationEvent::InquiryUnlinked(_) => self.child = None,
        }
    }
}
