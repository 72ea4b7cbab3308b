//! Facts from the streams of facilities and of advisors in training.

use ledger_core::event::{FacilityEvent, TraineeEvent};

use super::fact::{Fact, Kind};

pub(super) fn facility(event: &FacilityEvent) -> Vec<Fact> {
    match event {
        FacilityEvent::SupportGiven(given) => vec![Fact::about(Kind::FacilityVisit, given.visit)],
        FacilityEvent::Registered(_) | FacilityEvent::Changed(_) => Vec::new(),
    }
}

pub(super) fn trainee(event: &TraineeEvent) -> Vec<Fact> {
    match event {
        TraineeEvent::SessionHeld(held) => vec![Fact::about(Kind::TrainingSession, held.session)],
        TraineeEvent::Completed(done) => vec![Fact::about(Kind::TraineeCompleted, done.trainee)],
        TraineeEvent::Enrolled(_) => Vec::new(),
    }
}
