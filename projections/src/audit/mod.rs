//! Live: an audit engagement as a card, folded from one read of its stream.
//!
//! It shows the audit as it stood at the end of a day, like that of a meeting.

#[cfg(test)]
mod tests;

use ledger_core::code::{SamplingMethod, Severity};
use ledger_core::event::{
    AuditEvent, AuditOpened, ChainVerified, Event, FindingIssued, QuestionAsked, SampleDrawn,
};
use ledger_core::history::{Entry, History};
use ledger_core::id::{EngagementId, EventId, FindingId, Position, QuestionId};
use ledger_core::time::Day;
use serde::Serialize;

use crate::card::{Answer, Wait, by, readable};

/// An audit with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EngagementCard {
    /// The audit.
    pub engagement: EngagementId,
    /// The event that recorded its beginning.
    pub recorded_in: EventId,
    /// Day on which it began.
    pub opened_on: Option<Day>,
    /// First position in its scope.
    pub from_position: Position,
    /// Last position in its scope.
    pub to_position: Position,
    /// What it looks at, where it can be read.
    pub scope: Option<String>,
    /// How often the log was recomputed, and with what result, in order.
    pub verifications: Vec<VerificationView>,
    /// Its samples, in order.
    pub samples: Vec<SampleView>,
    /// Its questions, in order.
    pub questions: Vec<QuestionView>,
    /// Its findings, in order.
    pub findings: Vec<AuditFindingView>,
    /// Questions without an answer.
    pub open_questions: usize,
    /// Findings that are not cleared.
    pub open_findings: usize,
    /// Its end.
    pub closed: Option<Closed>,
}

/// One recomputation of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerificationView {
    /// The event that recorded it.
    pub recorded_in: EventId,
    /// The day.
    pub verified_on: Option<Day>,
    /// Up to this position.
    pub position: Position,
    /// The root there.
    pub root: String,
    /// Whether nothing was wrong.
    pub clean: bool,
}

/// One sample; [`ledger_core::sample::draw`] draws the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SampleView {
    /// The event that recorded it.
    pub recorded_in: EventId,
    /// The day.
    pub drawn_on: Option<Day>,
    /// How.
    pub method: SamplingMethod,
    /// The seed.
    pub seed: String,
    /// First position from which it was drawn.
    pub from_position: Position,
    /// Last position from which it was drawn.
    pub to_position: Position,
    /// The events, in the order of the drawing.
    pub events: Vec<EventId>,
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    /// The question.
    pub question: QuestionId,
    /// The event that recorded it.
    pub recorded_in: EventId,
    /// The event that it is about.
    pub event: EventId,
    /// The day.
    pub asked_on: Option<Day>,
    /// What was asked, where it can be read.
    pub text: Option<String>,
    /// The answer.
    pub answer: Option<Answer>,
    /// How long it waits, or waited, for its answer.
    pub wait: Wait,
}

/// One finding with its clearance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditFindingView {
    /// The finding.
    pub finding: FindingId,
    /// The event that recorded it.
    pub recorded_in: EventId,
    /// How grave.
    pub severity: Severity,
    /// The question that led to it.
    pub question: Option<QuestionId>,
    /// The day.
    pub issued_on: Option<Day>,
    /// What, where it can be read.
    pub text: Option<String>,
    /// Its clearance, and what shows it.
    pub clearance: Option<Answer>,
    /// How long it waits, or waited, for its clearance.
    pub wait: Wait,
}

/// The end of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The event that recorded it.
    pub recorded_in: EventId,
    /// The day.
    pub closed_on: Option<Day>,
    /// Why something was left open, where it can be read.
    pub reason: Option<String>,
    /// What the audit says as a whole, where it can be read.
    pub text: Option<String>,
}

/// Folds an audit's history into its card, as it stood at the end of a day; none before it began.
#[must_use]
pub fn engagement_card(history: &History, on: Day) -> Option<EngagementCard> {
    let mut card: Option<EngagementCard> = None;
    for entry in by(history, on) {
        let Event::Audit(event) = entry.event() else {
            continue;
        };
        match (&mut card, event) {
            (None, AuditEvent::Opened(opened)) => card = Some(begun(opened, entry)),
            // What stands without its opening shows only once the opening stands again.
            (None, _) => {},
            (Some(card), event) => step(card, event, entry, on),
        }
    }
    if let Some(card) = &mut card {
        let questions = card.questions.iter();
        card.open_questions = questions.filter(|one| one.wait.open).count();
        let findings = card.findings.iter();
        card.open_findings = findings.filter(|one| one.wait.open).count();
    }
    card
}

fn begun(opened: &AuditOpened, entry: &Entry) -> EngagementCard {
    EngagementCard {
        engagement: opened.engagement,
        recorded_in: entry.recorded.id,
        opened_on: entry.day(),
        from_position: opened.from_position,
        to_position: opened.to_position,
        scope: readable(&opened.scope),
        verifications: Vec::new(),
        samples: Vec::new(),
        questions: Vec::new(),
        findings: Vec::new(),
        open_questions: 0,
        open_findings: 0,
        closed: None,
    }
}

fn step(card: &mut EngagementCard, event: &AuditEvent, entry: &Entry, on: Day) {
    match event {
        AuditEvent::Opened(_) => {},
        AuditEvent::SampleDrawn(drawn) => card.samples.push(sample(drawn, entry)),
        AuditEvent::QuestionAsked(asked) => card.questions.push(question(asked, entry, on)),
        AuditEvent::AnswerGiven(given) => {
            let mut asked = card.questions.iter_mut();
            if let Some(asked) = asked.find(|asked| asked.question == given.question) {
                asked.answer = Some(Answer::of(entry, &[], &given.text));
                asked.wait = Wait::ended(asked.asked_on, entry.day());
            }
        },
        AuditEvent::FindingIssued(issued) => card.findings.push(finding(issued, entry, on)),
        AuditEvent::FindingCleared(cleared) => {
            let mut issued = card.findings.iter_mut();
            if let Some(issued) = issued.find(|issued| issued.finding == cleared.finding) {
                issued.clearance = Some(Answer::of(entry, &cleared.evidence, &cleared.text));
                issued.wait = Wait::ended(issued.issued_on, entry.day());
            }
        },
        AuditEvent::ChainVerified(verified) => {
            card.verifications.push(verification(verified, entry));
        },
        AuditEvent::Closed(closed) => {
            card.closed = Some(Closed {
                recorded_in: entry.recorded.id,
                closed_on: entry.day(),
                reason: readable(&closed.reason),
                text: readable(&closed.text),
            });
        },
    }
}

fn sample(drawn: &SampleDrawn, entry: &Entry) -> SampleView {
    SampleView {
        recorded_in: entry.recorded.id,
        drawn_on: entry.day(),
        method: drawn.method,
        seed: drawn.seed.clone(),
        from_position: drawn.from_position,
        to_position: drawn.to_position,
        events: drawn.events.clone(),
    }
}

fn question(asked: &QuestionAsked, entry: &Entry, on: Day) -> QuestionView {
    QuestionView {
        question: asked.question,
        recorded_in: entry.recorded.id,
        event: asked.event,
        asked_on: entry.day(),
        text: readable(&asked.text),
        answer: None,
        wait: Wait::open(entry.day(), None, on),
    }
}

fn finding(issued: &FindingIssued, entry: &Entry, on: Day) -> AuditFindingView {
    AuditFindingView {
        finding: issued.finding,
        recorded_in: entry.recorded.id,
        severity: issued.severity,
        question: issued.question,
        issued_on: entry.day(),
        text: readable(&issued.text),
        clearance: None,
        wait: Wait::open(entry.day(), None, on),
    }
}

fn verification(verified: &ChainVerified, entry: &Entry) -> VerificationView {
    VerificationView {
        recorded_in: entry.recorded.id,
        verified_on: entry.day(),
        position: verified.position,
        root: verified.root.clone(),
        clean: verified.clean,
    }
}
