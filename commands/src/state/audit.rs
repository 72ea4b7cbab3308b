//! An audit engagement: its scope, and which questions and findings are open.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ledger_core::event::{AuditEvent, Event};
use ledger_core::id::{FindingId, Position, QuestionId};

use super::{Happened, Step};

/// Whether a question waits for its answer, or a finding for its clearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// It waits.
    Open,
    /// The question is answered, the finding cleared.
    Settled,
}

/// One audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// It was opened; nothing else comes before.
    pub opened: Option<Step>,
    /// It was closed.
    pub closed: Option<Step>,
    scope: Option<RangeInclusive<Position>>,
    questions: BTreeMap<QuestionId, Matter>,
    findings: BTreeMap<FindingId, Matter>,
}

impl Audit {
    /// Whether a range of positions lies in its scope.
    #[must_use]
    pub fn covers(&self, from: Position, to: Position) -> bool {
        let scope = self.scope.as_ref();
        scope.is_some_and(|scope| scope.contains(&from) && scope.contains(&to))
    }

    /// How a question stands.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<Matter> {
        self.questions.get(&id).copied()
    }

    /// How a finding stands.
    #[must_use]
    pub fn finding(&self, id: FindingId) -> Option<Matter> {
        self.findings.get(&id).copied()
    }

    /// Whether every question is answered and every finding cleared.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let mut matters = self.questions.values().chain(self.findings.values());
        matters.all(|matter| *matter == Matter::Settled)
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Audit(event) = happened.event else {
            return;
        };
        match event {
            AuditEvent::Opened(opened) => {
                self.opened = Some(happened.step());
                self.scope = Some(opened.from_position..=opened.to_position);
            },
            AuditEvent::QuestionAsked(asked) => {
                self.questions.insert(asked.question, Matter::Open);
            },
            AuditEvent::AnswerGiven(given) => {
                self.questions.insert(given.question, Matter::Settled);
            },
            AuditEvent::FindingIssued(issued) => {
                self.findings.insert(issued.finding, Matter::Open);
            },
            AuditEvent::FindingCleared(cleared) => {
                self.findings.insert(cleared.finding, Matter::Settled);
            },
            AuditEvent::Closed(_) => self.closed = Some(happened.step()),
            AuditEvent::SampleDrawn(_) | AuditEvent::ChainVerified(_) => {},
        }
    }
}
