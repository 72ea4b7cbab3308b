//! An advisor in training.

use std::collections::{BTreeMap, HashSet};

use ledger_core::code::Competency;
use ledger_core::event::{Event, TraineeEvent};
use ledger_core::id::SessionId;

use super::{Happened, Step};

/// An advisor in training and the sessions held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trainee {
    /// When training began.
    pub enrolled: Option<Step>,
    /// When training was completed.
    pub completed: Option<Step>,
    /// Since when training rests.
    pub suspended: Option<Step>,
    /// When the advisor left before completion.
    pub left: Option<Step>,
    /// The name as enrolled, where it can be compared.
    pub name: Option<String>,
    /// The office as enrolled, where it can be compared.
    pub office: Option<String>,
    /// The enrolment's text could not be opened.
    pub closed: bool,
    sessions: HashSet<SessionId>,
    levels: BTreeMap<Competency, u32>,
}

impl Trainee {
    /// Whether a session is recorded.
    #[must_use]
    pub fn has_session(&self, id: SessionId) -> bool {
        self.sessions.contains(&id)
    }

    /// How far the advisor can do something, as last assessed.
    #[must_use]
    pub fn level(&self, competency: Competency) -> Option<u32> {
        self.levels.get(&competency).copied()
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Trainee(event) = happened.event else {
            return;
        };
        match event {
            TraineeEvent::Enrolled(enrolled) => {
                self.enrolled = Some(happened.step());
                self.closed = enrolled.name.open().is_none();
                self.name = enrolled.name.text().map(str::to_owned);
                self.office = enrolled.office.text().map(str::to_owned);
            },
            TraineeEvent::SessionHeld(held) => {
                self.sessions.insert(held.session);
            },
            TraineeEvent::Completed(_) => self.completed = Some(happened.step()),
            TraineeEvent::CompetencyAssessed(assessed) => {
                self.levels.insert(assessed.competency, assessed.level);
            },
            TraineeEvent::Suspended(_) => self.suspended = Some(happened.step()),
            TraineeEvent::Resumed(_) => self.suspended = None,
            TraineeEvent::Left(_) => self.left = Some(happened.step()),
            // Goals and plans under guidance stand for themselves.
            TraineeEvent::GoalSet(_) | TraineeEvent::SupervisedPlanDrafted(_) => {},
        }
    }
}
