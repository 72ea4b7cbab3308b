//! Facts from the streams of facilities and of advisors in training.

use ledger_core::event::{FacilityEvent, TraineeEvent};

use super::fact::{Fact, Kind};

pub(super) fn facility(event: &FacilityEvent) -> Vec<Fact> {
    match event {
        FacilityEvent::SupportGiven(given) => vec![Fact::about(Kind::FacilityVisit, given.visit)],
        FacilityEvent::Registered(_)
        | FacilityEvent::Changed(_)
        | FacilityEvent::Enrolled(_)
        | FacilityEvent::Withdrawn(_)
        | FacilityEvent::VisitScheduled(_)
        | FacilityEvent::VisitCancelled(_)
        | FacilityEvent::ConfidenceSurveyed(_)
        | FacilityEvent::AcceptanceRecorded(_)
        | FacilityEvent::StaffingChanged(_) => Vec::new(),
    }
}

pub(super) fn trainee(event: &TraineeEvent) -> Vec<Fact> {
    match event {
        TraineeEvent::SessionHeld(held) => vec![Fact::about(Kind::TrainingSession, held.session)],
        TraineeEvent::Completed(done) => vec![Fact::about(Kind::TraineeCompleted, done.trainee)],
        TraineeEvent::Enrolled(_)
        | TraineeEvent::GoalSet(_)
        | TraineeEvent::CompetencyAssessed(_)
        | TraineeEvent::SupervisedPlanDrafted(_)
        | TraineeEvent::Suspended(_)
        | TraineeEvent::Resumed(_)
        | TraineeEvent::Left(_) => Vec::new(),
    }
}
