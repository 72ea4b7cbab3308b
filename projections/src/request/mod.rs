//! Live: opinions of the liaison council and requests of the ward, each with its answers.
//!
//! A card shows its thing as it stood at the end of a day, like that of a meeting.

#[cfg(test)]
mod tests;

use ledger_core::code::Addressee;
use ledger_core::event::{Event, OpinionReceived, RequestEvent, RequestMade};
use ledger_core::history::{Entry, History};
use ledger_core::id::{EventId, OpinionId, RequestId};
use ledger_core::time::Day;
use serde::Serialize;

use crate::card::{Answer, Wait, by, readable};

/// An opinion of the liaison council with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpinionCard {
    /// The opinion.
    pub opinion: OpinionId,
    /// The day.
    pub received_on: Option<Day>,
    /// What it says, where it can be read.
    pub text: Option<String>,
    /// Its answers, in order; the first one ends the wait.
    pub answers: Vec<Answer>,
    /// How long it waits, or waited, for the first answer.
    pub wait: Wait,
}

/// A request of the ward to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestCard {
    /// The request.
    pub request: RequestId,
    /// Of whom.
    pub addressee: Addressee,
    /// The day.
    pub made_on: Option<Day>,
    /// By when an answer is hoped for.
    pub due_on: Option<Day>,
    /// Indicators that speak for it.
    pub indicators: Vec<String>,
    /// Events that speak for it.
    pub evidence: Vec<EventId>,
    /// What, where it can be read.
    pub text: Option<String>,
    /// How it ended.
    pub end: Option<RequestEnd>,
    /// How long it waits, or waited, for its end.
    pub wait: Wait,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RequestEnd {
    /// It was answered.
    Answered {
        /// The day.
        on: Option<Day>,
        /// The answer, where it can be read.
        text: Option<String>,
    },
    /// It was taken back.
    Withdrawn {
        /// The day.
        on: Option<Day>,
        /// Why, where it can be read.
        reason: Option<String>,
    },
}

/// Folds an opinion's history into its card; none before it was received.
#[must_use]
pub fn opinion_card(history: &History, on: Day) -> Option<OpinionCard> {
    let mut card: Option<OpinionCard> = None;
    for entry in by(history, on) {
        let Event::Request(event) = entry.event() else {
            continue;
        };
        match event {
            RequestEvent::OpinionReceived(received) => card = Some(opinion(received, entry, on)),
            RequestEvent::OpinionAnswered(answered) => {
                if let Some(card) = &mut card {
                    let answer = Answer::of(entry, &answered.evidence, &answered.text);
                    if card.answers.is_empty() {
                        card.wait = Wait::ended(card.received_on, answer.answered_on);
                    }
                    card.answers.push(answer);
                }
            },
            RequestEvent::Made(_) | RequestEvent::Answered(_) | RequestEvent::Withdrawn(_) => {},
        }
    }
    card
}

/// Folds a request's history into its card; none before it was made.
#[must_use]
pub fn request_card(history: &History, on: Day) -> Option<RequestCard> {
    let mut card: Option<RequestCard> = None;
    for entry in by(history, on) {
        let Event::Request(event) = entry.event() else {
            continue;
        };
        let end = match event {
            RequestEvent::Made(made) => {
                card = Some(request(made, entry, on));
                continue;
            },
            RequestEvent::Answered(answered) => RequestEnd::Answered {
                on: entry.day(),
                text: readable(&answered.text),
            },
            RequestEvent::Withdrawn(withdrawn) => RequestEnd::Withdrawn {
                on: entry.day(),
                reason: readable(&withdrawn.reason),
            },
            RequestEvent::OpinionReceived(_) | RequestEvent::OpinionAnswered(_) => continue,
        };
        if let Some(card) = &mut card {
            card.end = Some(end);
            card.wait = Wait::ended(card.made_on, entry.day());
        }
    }
    card
}

fn opinion(received: &OpinionReceived, entry: &Entry, on: Day) -> OpinionCard {
    OpinionCard {
        opinion: received.opinion,
        received_on: entry.day(),
        text: readable(&received.text),
        answers: Vec::new(),
        wait: Wait::open(entry.day(), None, on),
    }
}

fn request(made: &RequestMade, entry: &Entry, on: Day) -> RequestCard {
    RequestCard {
        request: made.request,
        addressee: made.addressee,
        made_on: entry.day(),
        due_on: made.due_on,
        indicators: made.indicators.clone(),
        evidence: made.evidence.clone(),
        text: readable(&made.text),
        end: None,
        wait: Wait::open(entry.day(), made.due_on, on),
    }
}
