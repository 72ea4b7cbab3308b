//! What decisions read: one state a kind of stream, folded from the events that stand.

mod account;
mod approval;
mod audit;
mod care_team;
mod case;
mod child;
mod consent;
mod disaster_plan;
mod facility;
mod fiscal_year;
mod folded;
mod follow_up;
mod hospital;
mod inquiry;
mod marks;
mod meeting;
mod open_thing;
mod opinion;
mod organisation;
mod other_cases;
mod profile;
mod programme;
mod referral;
mod request;
mod support_plan;
mod trainee;

pub use account::Account;
pub use approval::{Approval, Asked};
pub use audit::{Audit, Matter};
pub use care_team::{CareTeam, CareTeamMember};
pub use case::Case;
pub use child::Child;
pub use consent::{Consent, Consents};
pub use disaster_plan::{DisasterPlan, DisasterPlanVersion, DisasterPlanWish};
pub use facility::Facility;
pub use fiscal_year::{Expenditure, SubsidyStep, YearBooks};
pub use folded::Folded;
pub use follow_up::FollowUp;
pub use hospital::HospitalStay;
pub use inquiry::Inquiry;
pub use meeting::{Meeting, Pack};
pub use open_thing::{OpenKind, OpenThing};
pub use opinion::Opinion;
pub use organisation::Organisation;
pub use other_cases::OtherCases;
pub use profile::{Birth, Guardian, ProcedurePeriod, Profile};
pub use programme::{Post, Programme};
pub use referral::Referral;
pub use request::Request;
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
    /// Its newest correction, or the event itself where it has none.
    pub latest: EventId,
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
    /// An approval.
    Approval(Approval) = "approval";
    /// A facility.
    Facility(Facility) = "facility";
    /// An advisor in training.
    Trainee(Trainee) = "trainee";
    /// The programme's settings.
    Programme(Programme) = "programme";
    /// A meeting of the steering committee.
    Meeting(Meeting) = "committee";
    /// An opinion of the liaison council.
    Opinion(Opinion) = "opinion";
    /// A request to the state or to Tokyo.
    Request(Request) = "request";
    /// An audit.
    Audit(Audit) = "audit";
    /// An account.
    Account(Account) = "account";
    /// An office of the directory.
    Organisation(Organisation) = "organisation";
    /// A fiscal year's money and closing.
    FiscalYear(YearBooks) = "fiscal";
}
