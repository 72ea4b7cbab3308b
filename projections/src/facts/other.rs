//! Facts from the streams of facilities and of advisors in training.

use ledger_core::code::CareProcedure;
use ledger_core::event::{FacilityEvent, TraineeEvent};

use super::fact::{Fact, Kind};

pub(super) fn facility(event: &FacilityEvent) -> Vec<Fact> {
    let fact = match event {
        FacilityEvent::Registered(it) => Fact::about(Kind::FacilityKnown, it.facility)
            .maybe_detail(it.kind)
            .area(it.area),
        FacilityEvent::Changed(it) => Fact::about(Kind::FacilityChanged, it.facility)
            .maybe_detail(it.kind)
            .area(it.area),
        FacilityEvent::SupportGiven(it) => Fact::about(Kind::FacilityVisit, it.visit)
            .maybe_detail(it.staff_kind)
            .maybe(it.duration_minutes),
        FacilityEvent::Enrolled(it) => {
            Fact::about(Kind::FacilityEnrolled, "facility").valued(it.fiscal_year.year())
        },
        FacilityEvent::Withdrawn(_) => Fact::about(Kind::FacilityWithdrawn, "facility"),
        FacilityEvent::VisitScheduled(it) => {
            Fact::about(Kind::VisitScheduled, it.visit).due(Some(it.planned_on))
        },
        FacilityEvent::VisitCancelled(it) => Fact::about(Kind::VisitCancelled, it.visit),
        FacilityEvent::ConfidenceSurveyed(it) => Fact::about(Kind::ConfidenceSurveyed, it.survey)
            .detail(it.phase)
            .maybe_other(it.procedure)
            .valued(it.confidence),
        FacilityEvent::AcceptanceRecorded(it) => {
            let child = it.child.map(|child| child.to_string());
            let child = child.as_deref().unwrap_or("unknown");
            let accepted = Fact::about(Kind::Acceptance, child).detail(it.outcome);
            return with_procedures(accepted, &it.procedures, it.outcome.code());
        },
        FacilityEvent::StaffingChanged(it) => {
            let nurses =
                Fact::about(Kind::FacilityStaffing, "nurses").valued(it.nurse_fte_hundredths);
            return with_procedures(nurses, &it.procedures, "offered");
        },
    };
    vec![fact]
}

/// A fact with one more for each kind of care that it names.
fn with_procedures(fact: Fact, procedures: &[CareProcedure], how: &str) -> Vec<Fact> {
    let each = procedures
        .iter()
        .map(|procedure| Fact::about(Kind::FacilityProcedure, procedure).detail(how));
    std::iter::once(fact).chain(each).collect()
}

pub(super) fn trainee(event: &TraineeEvent) -> Fact {
    let paused = |what: &str| Fact::about(Kind::TrainingPaused, "training").detail(what);
    match event {
        TraineeEvent::Enrolled(it) => Fact::about(Kind::TraineeEnrolled, it.trainee),
        TraineeEvent::SessionHeld(held) => Fact::about(Kind::TrainingSession, held.session)
            .detail(held.kind)
            .maybe(held.duration_minutes),
        TraineeEvent::Completed(done) => Fact::about(Kind::TraineeCompleted, done.trainee),
        TraineeEvent::GoalSet(it) => Fact::about(Kind::TrainingGoal, "goal").due(it.due_on),
        TraineeEvent::CompetencyAssessed(it) => {
            Fact::about(Kind::CompetencyAssessed, it.competency).valued(it.level)
        },
        TraineeEvent::SupervisedPlanDrafted(it) => {
            let plan = it.plan.map(|plan| plan.to_string());
            Fact::about(Kind::SupervisedPlan, plan.as_deref().unwrap_or("none"))
        },
        TraineeEvent::Suspended(_) => paused("suspended"),
        TraineeEvent::Resumed(_) => paused("resumed"),
        TraineeEvent::Left(_) => paused("left"),
    }
}
