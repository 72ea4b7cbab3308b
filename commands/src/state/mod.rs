//! What decisions read: one state a kind of stream, folded from the events that stand.

mod child;
mod disaster_plan;
mod facility;
mod folded;
mod inquiry;
mod marks;
mod profile;
mod programme;
mod referral;
mod support_plan;
mod trainee;

pub use child::Child;
pub(crate) use disaster_plan::disaster_plan_of;
pub use disaster_plan::{DisasterPlan, DisasterPlanVersion};
pub use facility::Facility;
pub use folded::Folded;
pub use inquiry::Inquiry;
pub use profile::{Birth, Guardian, ProcedurePeriod, Profile};
pub use programme::Programme;
pub use referral::Referral;
pub(crate) use referral::referral_of;
pub(crate) use support_plan::support_plan_of;
pub use support_plan::{SupportPlan, SupportPlanVersion};
pub use trainee::Trainee;

use ledger_core::event::Event;
use ledger_core::id::{EventId, StreamName};
use ledger_core::time::{Day, Occurred};

/// One event as a state takes it in: the content and time of occurrence in force.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// The event's id; a correction later points at it.
    pub id: EventId,
    /// The content in force.
    pub event: &'a Event,
    /// The time of occurrence in force.
    pub occurred: Occurred,
}

/// One step of something that goes on: which event it is, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: EventId,
    /// When it occurred.
    pub occurred: Occurred,
}

impl Step {
    /// The day on which it occurred, where it is known.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.occurred.day()
    }
}

impl Happened<'_> {
    pub(crate) const fn step(&self) -> Step {
        Step {
            event: self.id,
            occurred: self.occurred,
        }
    }
}

/// Declares the kinds of state, each with the category of its streams.
macro_rules! states {
    ($($(#[$doc:meta])* $Kind:ident($State:ty) = $category:literal;)+) => {
        /// The state of a stream of any kind.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum State {
            $($(#[$doc])* $Kind(Box<$State>),)+
            /// A stream that no command decides about.
            Other,
        }

        impl State {
            /// The state of a stream without events, by the category of its name.
            #[must_use]
            pub fn empty(stream: &StreamName) -> Self {
                match stream.category().unwrap_or(stream.as_str()) {
                    $($category => Self::$Kind(Box::default()),)+
                    _ => Self::Other,
                }
            }

            /// Takes in the stream's next event.
            pub fn evolve(&mut self, happened: &Happened<'_>) {
                match self {
                    $(Self::$Kind(state) => state.evolve(happened),)+
                    Self::Other => {},
                }
            }
        }

        $(impl StreamState for $State {
            fn of(state: &State) -> Option<&Self> {
                if let State::$Kind(state) = state { Some(state.as_ref()) } else { None }
            }
        })+
    };
}

/// A kind of state that a stream can have.
pub trait StreamState: Sized {
    /// The state of this kind, where the stream has it.
    fn of(state: &State) -> Option<&Self>;
}

states! {
    /// A person served.
    Child(Child) = "child";
    /// A consultation without a known person.
    Inquiry(Inquiry) = "inquiry";
    /// A facility.
    Facility(Facility) = "facility";
    /// An advisor in training.
    Trainee(Trainee) = "trainee";
    /// The programme's settings.
    Programme(Programme) = "programme";
}
