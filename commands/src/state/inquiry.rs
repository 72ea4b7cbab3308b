//! A consultation without a known person.

use ledger_core::event::{ConsultationEvent, Event};
use ledger_core::id::ConsultationId;

use super::Happened;

/// A consultation without a known person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// The consultation, once it is recorded.
    pub consultation: Option<ConsultationId>,
}

impl Inquiry {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        match happened.event {
            Event::Consultation(ConsultationEvent::Recorded(recorded)) => {
                self.consultation = Some(recorded.consultation);
            },
            Event::Profile(_)
            | Event::Referral(_)
            | Event::SupportPlan(_)
            | Event::DisasterPlan(_)
            | Event::Correction(_)
            | Event::Facility(_)
            | Event::Trainee(_)
            | Event::Programme(_)
            | Event::Access(_) => {},
        }
    }
}
