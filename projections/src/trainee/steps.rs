//! The steps of a training, each taken into its card.

use ledger_core::code::Flag;
use ledger_core::event::{CompetencyAssessed, TraineeEvent, TrainingSessionHeld};
use ledger_core::history::Entry;

use super::{
    CompetencyView, Completion, Goal, SessionsOfKind, SupervisedPlan, TraineeCard, TraineeState,
};
use crate::card::readable;

/// Takes in the next step.
pub(super) fn take(card: &mut TraineeCard, event: &TraineeEvent, entry: &Entry) {
    match event {
        TraineeEvent::Enrolled(_) => {},
        TraineeEvent::GoalSet(set) => card.goals.push(Goal {
            set_on: entry.day(),
            due_on: set.due_on,
            overdue: false,
            goal: readable(&set.goal),
            event: entry.recorded.id,
        }),
        TraineeEvent::SessionHeld(held) => session(&mut card.sessions, held, entry),
        TraineeEvent::CompetencyAssessed(assessed) => {
            assess(&mut card.competencies, assessed, entry);
        },
        TraineeEvent::SupervisedPlanDrafted(drafted) => card.plans.push(SupervisedPlan {
            on: entry.day(),
            plan: drafted.plan,
            event: entry.recorded.id,
        }),
        TraineeEvent::Suspended(paused) => {
            card.turns(TraineeState::Suspended, entry, readable(&paused.reason));
        },
        TraineeEvent::Resumed(_) => card.turns(TraineeState::InTraining, entry, None),
        TraineeEvent::Left(paused) => {
            card.turns(TraineeState::Left, entry, readable(&paused.reason));
        },
        TraineeEvent::Completed(completed) => {
            card.turns(TraineeState::Completed, entry, None);
            let flags = &entry.recorded.metadata.flags;
            card.completion = Some(Completion {
                on: entry.day(),
                basis: readable(&completed.basis),
                below_required: flags.contains(&Flag::BelowRequired),
                event: entry.recorded.id,
            });
        },
    }
}

fn session(sessions: &mut Vec<SessionsOfKind>, held: &TrainingSessionHeld, entry: &Entry) {
    let place = sessions.iter().position(|one| one.kind == held.kind);
    let place = place.unwrap_or_else(|| {
        sessions.push(SessionsOfKind {
            kind: held.kind,
            count: 0,
            minutes: 0,
            last_on: None,
        });
        sessions.len().saturating_sub(1)
    });
    if let Some(of_kind) = sessions.get_mut(place) {
        of_kind.count = of_kind.count.saturating_add(1);
        let minutes = held.duration_minutes.unwrap_or(0);
        of_kind.minutes = of_kind.minutes.saturating_add(minutes);
        of_kind.last_on = of_kind.last_on.max(entry.day());
    }
}

/// Takes in an assessment; one of an earlier day that is recorded later does not replace a newer one.
fn assess(competencies: &mut Vec<CompetencyView>, assessed: &CompetencyAssessed, entry: &Entry) {
    let place = competencies
        .iter()
        .position(|one| one.competency == assessed.competency);
    let place = place.unwrap_or_else(|| {
        competencies.push(CompetencyView::unknown(assessed.competency));
        competencies.len().saturating_sub(1)
    });
    let Some(view) = competencies.get_mut(place) else {
        return;
    };
    view.first = view.first.or(Some(assessed.level));
    if view.assessed_on <= entry.day() {
        view.last = Some(assessed.level);
        view.assessed_on = entry.day();
        view.assessor = readable(&assessed.assessor);
        view.reached = view.required.map(|required| required <= assessed.level);
    } else {
        view.first = Some(assessed.level);
    }
}
