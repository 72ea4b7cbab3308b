//! An opinion of the liaison council (連絡協議会の意見).

use ledger_core::event::{Event, RequestEvent};

use super::{Happened, Step};

/// One opinion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// It was received; an answer comes after.
    pub received: Option<Step>,
}

impl Opinion {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Request(event) = happened.event else {
            return;
        };
        match event {
            RequestEvent::OpinionReceived(_) => self.received = Some(happened.step()),
            // An opinion may be answered more than once; the others stand in another stream.
            RequestEvent::OpinionAnswered(_)
            | RequestEvent::Made(_)
            | RequestEvent::Answered(_)
            | RequestEvent::Withdrawn(_) => {},
        }
    }
}
