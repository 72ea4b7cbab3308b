//! A request of the ward to the state or to Tokyo (国・都への要望).

use ledger_core::event::{Event, RequestEvent};

use super::{Happened, Step};

/// One request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// It was made.
    pub made: Option<Step>,
    /// It was answered or taken back, which ends it.
    pub ended: Option<Step>,
}

impl Request {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Request(event) = happened.event else {
            return;
        };
        match event {
            RequestEvent::Made(_) => self.made = Some(happened.step()),
            RequestEvent::Answered(_) | RequestEvent::Withdrawn(_) => {
                self.ended = Some(happened.step());
            },
            // Opinions stand in another stream.
            RequestEvent::OpinionReceived(_) | RequestEvent::OpinionAnswered(_) => {},
        }
    }
}
