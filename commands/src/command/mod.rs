//! Every command of daily work, one a file, and the enum over them that a JSON file is read into.

mod consultation;
mod correct;
mod disaster_plan;
mod example;
mod facility;
mod profile;
mod programme;
mod read;
mod referral;
mod support_plan;
#[cfg(test)]
mod tests;
mod trainee;
mod when;

pub use consultation::{RecordConsultation, RecordInquiry};
pub use correct::{
    AnnulEvent, CorrectEvent, REASSIGNED_EVENT, REASSIGNED_FROM, ReassignEvent, ReverseAnnulment,
};
pub use disaster_plan::{
    AgreeDisasterPlan, DraftDisasterPlan, EndDisasterPlan, ReviewDisasterPlan, ReviseDisasterPlan,
    TransferDisasterPlan, VerifyDisasterPlan,
};
pub use facility::{ChangeFacility, RecordFacilitySupport, RegisterFacility};
pub use profile::{
    AddGuardian, AssessMobility, ChangeGuardian, ChangeProfile, EndCareProcedure,
    RecordBirthDetail, RegisterChild, RemoveGuardian, StartCareProcedure,
};
pub use programme::{
    AdoptCountingRule, DefineProgramme, SetHolidayCalendar, SetOpeningHours, SetPeriod,
    SetPlannedNumber, SetUpProgramme,
};
pub use read::ReadCommandError;
pub use referral::{
    AcceptReferral, CompleteReferral, DeclineReferral, MakeReferral, ReceiveFeedback,
    ReceiveReferral, RedirectReferral, RemindReferral, WithdrawReferral,
};
pub use support_plan::{
    AgreeSupportPlan, CloseSupportPlan, DeliverSupportPlan, DraftSupportPlan, RecordDischarge,
    ReviseSupportPlan,
};
pub use trainee::{CompleteTraining, EnrolTrainee, HoldSession};

use serde::Deserialize;

use ledger_core::id::{EventId, LedgerId, StreamName};

use crate::decision::{Context, Decision, View, Written};
use crate::rejection::Rejection;

/// Declares the enum over all commands; a line's sentence is also its help text.
macro_rules! commands {
    ($(#[doc = $about:literal] $Command:ident = $name:literal,)+) => {
        /// Any command of daily work, as a JSON file writes it under the tag `command`.
        #[derive(Clone, PartialEq, Eq, Deserialize)]
        #[serde(tag = "command", rename_all = "kebab-case")]
        pub enum Command { $(#[doc = $about] #[serde(rename = $name)] $Command(Box<$Command>),)+ }

        impl Command {
            /// The name of every command, in the table's order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// What the command of a name does, in one English sentence.
            #[must_use]
            pub fn about(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($about.trim_ascii()),)+
                    _ => None,
                }
            }

            /// The command's own name.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$Command(_) => $name,)+ }
            }

            fn decision(&self) -> &dyn Decision {
                match self { $(Self::$Command(command) => command.as_ref(),)+ }
            }
        }

        $(impl From<$Command> for Command {
            fn from(command: $Command) -> Self { Self::$Command(Box::new(command)) }
        })+
    };
}

commands! {
    /// Takes a person into the register.
    RegisterChild = "register-child",
    /// Changes one field of a person's profile; the old value must be the current one.
    ChangeProfile = "change-profile",
    /// Records birth weight and weeks of pregnancy.
    RecordBirthDetail = "record-birth-detail",
    /// Records that a kind of daily medical care began.
    StartCareProcedure = "start-care-procedure",
    /// Records that a kind of daily medical care ended.
    EndCareProcedure = "end-care-procedure",
    /// Records motor function and the severe-disability certificate.
    AssessMobility = "assess-mobility",
    /// Records a guardian or contact of a person.
    AddGuardian = "add-guardian",
    /// Records what is known about a guardian now.
    ChangeGuardian = "change-guardian",
    /// Records that somebody is a guardian no longer.
    RemoveGuardian = "remove-guardian",
    /// Records a consultation about one or several known persons.
    RecordConsultation = "record-consultation",
    /// Records a consultation without a known person.
    RecordInquiry = "record-inquiry",
    /// Refers a person to a section of a district health-welfare centre.
    MakeReferral = "make-referral",
    /// Records that the section received a referral.
    ReceiveReferral = "receive-referral",
    /// Records that the section took a referral on.
    AcceptReferral = "accept-referral",
    /// Records that the section could not take a referral on, and why.
    DeclineReferral = "decline-referral",
    /// Records that the section completed its part of a referral, and with what outcome.
    CompleteReferral = "complete-referral",
    /// Records what the centre heard of a referral's end; this closes the loop.
    ReceiveFeedback = "receive-feedback",
    /// Records that the centre took a referral back.
    WithdrawReferral = "withdraw-referral",
    /// Sends a referral on to another section, as a new referral.
    RedirectReferral = "redirect-referral",
    /// Records that the centre asked a section where a referral stands.
    RemindReferral = "remind-referral",
    /// Drafts the first version of a home-living support plan.
    DraftSupportPlan = "draft-support-plan",
    /// Records that the family agreed to a home-living support plan's newest version.
    AgreeSupportPlan = "agree-support-plan",
    /// Writes the next version of a home-living support plan.
    ReviseSupportPlan = "revise-support-plan",
    /// Records that an agreed version of a home-living support plan was handed out.
    DeliverSupportPlan = "deliver-support-plan",
    /// Ends a home-living support plan.
    CloseSupportPlan = "close-support-plan",
    /// Records that a person left hospital.
    RecordDischarge = "record-discharge",
    /// Drafts a family's individual disaster plan with an office's support.
    DraftDisasterPlan = "draft-disaster-plan",
    /// Records that the family agreed to the newest version of their disaster plan.
    AgreeDisasterPlan = "agree-disaster-plan",
    /// Records that a disaster plan was verified with a guardian or the person.
    VerifyDisasterPlan = "verify-disaster-plan",
    /// Records an internal review of a disaster plan, without the family.
    ReviewDisasterPlan = "review-disaster-plan",
    /// Writes the next version of a disaster plan.
    ReviseDisasterPlan = "revise-disaster-plan",
    /// Moves the support of a disaster plan to another office.
    TransferDisasterPlan = "transfer-disaster-plan",
    /// Ends a disaster plan.
    EndDisasterPlan = "end-disaster-plan",
    /// Gives an event another content; the original stays readable beside it.
    CorrectEvent = "correct-event",
    /// Says that an event never happened.
    AnnulEvent = "annul-event",
    /// Says that an annulled event did happen.
    ReverseAnnulment = "reverse-annulment",
    /// Moves an event to the person to whom it happened.
    ReassignEvent = "reassign-event",
    /// Takes a facility into the register.
    RegisterFacility = "register-facility",
    /// Changes a facility's name, kind or area.
    ChangeFacility = "change-facility",
    /// Records a visit for technical support to a facility.
    RecordFacilitySupport = "record-facility-support",
    /// Records that an advisor began training.
    EnrolTrainee = "enrol-trainee",
    /// Records a training session of an enrolled advisor.
    HoldSession = "hold-session",
    /// Records that an enrolled advisor completed training.
    CompleteTraining = "complete-training",
    /// Names the programme, its place and its operator.
    DefineProgramme = "define-programme",
    /// Sets preparation, beginning and end of the programme.
    SetPeriod = "set-period",
    /// Sets the opening hours from a day on.
    SetOpeningHours = "set-opening-hours",
    /// Sets the whole list of national holidays.
    SetHolidayCalendar = "set-holiday-calendar",
    /// Sets the planned number of a service.
    SetPlannedNumber = "set-planned-number",
    /// Adopts a rule by which is counted or judged.
    AdoptCountingRule = "adopt-counting-rule",
}

impl Decision for Command {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        self.decision().streams(ledger)
    }

    fn reads_history(&self) -> bool {
        self.decision().reads_history()
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        self.decision().opens(view, ledger)
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        self.decision().decide(view, context)
    }
}
