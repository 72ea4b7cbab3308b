//! Live: one advisor in training (医療的ケア相談員の指導・育成), folded from its stream as it stood at the
//! end of a day: goals, sessions by kind, competencies against what completion asks for, completion.

mod steps;
#[cfg(test)]
mod tests;

use ledger_core::code::{Competency, SessionKind};
use ledger_core::event::{Event, RequiredCompetencySet, TraineeEvent};
use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, SupportPlanId, TraineeId};
use ledger_core::time::Day;
use serde::Serialize;

use crate::card::{by, readable};

/// An advisor in training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraineeCard {
    /// The advisor.
    pub trainee: TraineeId,
    /// Register number.
    pub number: Option<String>,
    /// Name, where it can be read.
    pub name: Option<String>,
    /// Office, where it can be read.
    pub office: Option<String>,
    /// Day of enrolment.
    pub enrolled_on: Option<Day>,
    /// How far the training has come.
    pub state: TraineeState,
    /// Since when it stands so.
    pub since: Option<Day>,
    /// Why it rests or was left, where it can be read.
    pub reason: Option<String>,
    /// Goals, in order.
    pub goals: Vec<Goal>,
    /// Sessions of every kind, none left out.
    pub sessions: Vec<SessionsOfKind>,
    /// Competencies that completion asks for or that were assessed.
    pub competencies: Vec<CompetencyView>,
    /// Plans drafted under guidance, in order.
    pub plans: Vec<SupervisedPlan>,
    /// Completion.
    pub completion: Option<Completion>,
}

/// How far a training has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraineeState {
    /// It goes on.
    InTraining,
    /// It rests.
    Suspended,
    /// It was left before completion.
    Left,
    /// It was completed.
    Completed,
}

/// A goal of the training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// Day on which it was set.
    pub set_on: Option<Day>,
    /// By when.
    pub due_on: Option<Day>,
    /// Its day passed while the training goes on.
    pub overdue: bool,
    /// What, where it can be read.
    pub goal: Option<String>,
    /// The event.
    pub event: EventId,
}

/// The sessions of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SessionsOfKind {
    /// Kind.
    pub kind: SessionKind,
    /// How many.
    pub count: u32,
    /// How long they took together, as far as it was recorded.
    pub minutes: u32,
    /// Day of the last one.
    pub last_on: Option<Day>,
}

/// How far an advisor can do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompetencyView {
    /// What.
    pub competency: Competency,
    /// The level that completion asks for.
    pub required: Option<u32>,
    /// The level as first assessed.
    pub first: Option<u32>,
    /// The level as last assessed.
    pub last: Option<u32>,
    /// Day of the last assessment.
    pub assessed_on: Option<Day>,
    /// Who assessed it last, where it can be read.
    pub assessor: Option<String>,
    /// The level that is asked for is reached; nothing where none is.
    pub reached: Option<bool>,
}

/// A plan drafted under guidance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupervisedPlan {
    /// The day.
    pub on: Option<Day>,
    /// The plan, where it is one of the centre's.
    pub plan: Option<SupportPlanId>,
    /// The event.
    pub event: EventId,
}

/// Completion of a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// The day.
    pub on: Option<Day>,
    /// On what ground, where it can be read.
    pub basis: Option<String>,
    /// A competency was below the level that completion asks for.
    pub below_required: bool,
    /// The event.
    pub event: EventId,
}

/// Kinds of sessions in which something is taught; 受講開始 and 修了 are steps, not lessons.
const LESSONS: [SessionKind; 4] = [
    SessionKind::Lecture,
    SessionKind::CoVisit,
    SessionKind::Meeting,
    SessionKind::PlanReview,
];

impl TraineeCard {
    /// The competencies that are below the level that completion asks for.
    pub fn missing(&self) -> impl Iterator<Item = &CompetencyView> {
        let all = self.competencies.iter();
        all.filter(|one| one.reached == Some(false))
    }

    /// The sessions of every kind together.
    #[must_use]
    pub fn session_count(&self) -> u32 {
        let all = self.sessions.iter();
        all.fold(0, |sum, one| sum.saturating_add(one.count))
    }

    fn begun(trainee: TraineeId, required: &[RequiredCompetencySet]) -> Self {
        let of_kind = |kind| SessionsOfKind {
            kind,
            count: 0,
            minutes: 0,
            last_on: None,
        };
        let asked = |set: &RequiredCompetencySet| CompetencyView {
            required: Some(set.level),
            reached: Some(set.level == 0),
            ..CompetencyView::unknown(set.competency)
        };
        let mut competencies: Vec<CompetencyView> = required.iter().map(asked).collect();
        competencies.sort_by_key(|one| one.competency);
        Self {
            trainee,
            number: None,
            name: None,
            office: None,
            enrolled_on: None,
            state: TraineeState::InTraining,
            since: None,
            reason: None,
            goals: Vec::new(),
            sessions: LESSONS.map(of_kind).to_vec(),
            competencies,
            plans: Vec::new(),
            completion: None,
        }
    }

    fn turns(&mut self, state: TraineeState, entry: &Entry, reason: Option<String>) {
        self.state = state;
        self.since = entry.day();
        self.reason = reason;
    }
}

impl CompetencyView {
    const fn unknown(competency: Competency) -> Self {
        Self {
            competency,
            required: None,
            first: None,
            last: None,
            assessed_on: None,
            assessor: None,
            reached: None,
        }
    }
}

/// Folds an advisor's history as it stood at the end of a day; none before the enrolment. `required` is
/// what completion asks for.
#[must_use]
pub fn trainee_card(
    history: &History,
    required: &[RequiredCompetencySet],
    on: Day,
) -> Option<TraineeCard> {
    let mut card: Option<TraineeCard> = None;
    for entry in by(history, on) {
        let Event::Trainee(event) = entry.event() else {
            continue;
        };
        if let TraineeEvent::Enrolled(enrolled) = event {
            let begun = TraineeCard::begun(enrolled.trainee, required);
            let known = card.get_or_insert(begun);
            known.number.clone_from(&enrolled.number);
            known.name = readable(&enrolled.name);
            known.office = readable(&enrolled.office);
            known.enrolled_on = entry.day();
            known.since = entry.day();
        } else if let Some(card) = &mut card {
            steps::take(card, event, entry);
        }
    }
    let mut card = card?;
    let goes_on = card.state == TraineeState::InTraining;
    for goal in &mut card.goals {
        goal.overdue = goes_on && goal.due_on.is_some_and(|due| due < on);
    }
    Some(card)
}
