//! Events: their names, payloads and envelopes.
//!
//! One file per group of events; each line of an `events!` table names a type, its newest schema
//! version and the class of key under which its private fields are sealed. Stored bytes are never
//! rewritten: an older version is brought up to the newest by its upcasters while reading.

mod access;
mod codec;
mod consultation;
mod correction;
mod disaster_plan;
mod facility;
mod metadata;
mod profile;
mod programme;
mod recorded;
mod referral;
mod support_plan;
mod table;
mod trainee;

pub use access::{AccessEvent, AccessPurpose, PersonalTextOpened};
pub use codec::{Codec, DecodeStoredError, EncodeError, Open};
pub use consultation::{ConsultationEvent, ConsultationRecorded};
pub use correction::{
    AnnulmentReversed, CorrectionEvent, EventAnnulled, EventCorrected, EventReassigned,
    REASSIGNED_EVENT, REASSIGNED_FROM,
};
pub use disaster_plan::{
    DisasterPlanAgreed, DisasterPlanChecked, DisasterPlanDrafted, DisasterPlanEnded,
    DisasterPlanEvent, DisasterPlanRevised, DisasterPlanTransferred,
};
pub use facility::{FacilityEvent, FacilityProfile, SupportGiven};
pub use metadata::{Metadata, Source, Subject};
pub use profile::{
    BirthDetailRecorded, CareProcedureEnded, CareProcedureStarted, ChildRegistered, GuardianDetail,
    GuardianRemoved, MobilityAssessed, ProfileChanged, ProfileEvent,
};
pub use programme::{
    CountingRuleAdopted, HolidayCalendarSet, OpeningHoursSet, PeriodSet, PlannedNumberSet,
    ProgrammeDefined, ProgrammeEvent,
};
pub use recorded::{Draft, Privacy, ReadEventError, Recorded};
pub use referral::{
    ReferralAccepted, ReferralCompleted, ReferralDeclined, ReferralEvent, ReferralFeedbackReceived,
    ReferralMade, ReferralReceived, ReferralRedirected, ReferralReminded, ReferralWithdrawn,
};
pub use support_plan::{
    Discharged, SupportPlanAgreed, SupportPlanClosed, SupportPlanDelivered, SupportPlanDrafted,
    SupportPlanEvent, SupportPlanRevised,
};
pub use table::{DecodeError, KeyUse, TypeInfo};
pub use trainee::{TraineeCompleted, TraineeEnrolled, TraineeEvent, TrainingSessionHeld};

use serde_json::Value;

use crate::id::EventType;

/// Declares the one enum over all groups; type names are unique over all of them.
macro_rules! groups {
    ($($(#[$doc:meta])* $Group:ident($Event:ident),)+) => {
        /// Any event of the ledger.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])* $Group($Event),)+ }

        impl Event {
            /// Every event type: name, newest schema version, class of key.
            #[must_use]
            pub fn types() -> Vec<TypeInfo> {
                [$($Event::TYPES),+].concat()
            }

            /// The entry of this event's type.
            #[must_use]
            pub const fn info(&self) -> TypeInfo {
                match self { $(Self::$Group(event) => event.info(),)+ }
            }

            /// Encodes the payload in its newest schema version, private fields still in it.
            ///
            /// # Errors
            /// The payload holds a closed private field or a value that JSON cannot express.
            pub fn encode(&self) -> serde_json::Result<Value> {
                match self { $(Self::$Group(event) => event.encode(),)+ }
            }

            /// Decodes a stored payload of any schema version.
            ///
            /// # Errors
            /// [`DecodeError`] when the name or version is unknown, or the payload does not have
            /// the promised shape.
            pub fn decode(name: &str, version: u16, payload: Value) -> Result<Self, DecodeError> {
                $(if $Event::TYPES.iter().any(|info| info.name == name) {
                    return $Event::decode(name, version, payload).map(Self::$Group);
                })+
                Err(DecodeError::UnknownName { name: name.to_owned() })
            }
        }

        $(impl From<$Event> for Event {
            fn from(event: $Event) -> Self { Self::$Group(event) }
        })+
    };
}

groups! {
    /// Who a person is and what care they need.
    Profile(ProfileEvent),
    /// Consultations.
    Consultation(ConsultationEvent),
    /// Referrals to district health-welfare centres.
    Referral(ReferralEvent),
    /// Home-living support plans.
    SupportPlan(SupportPlanEvent),
    /// Individual disaster plans.
    DisasterPlan(DisasterPlanEvent),
    /// Corrections of recorded events.
    Correction(CorrectionEvent),
    /// Technical support to facilities.
    Facility(FacilityEvent),
    /// Training of advisors.
    Trainee(TraineeEvent),
    /// Settings of the programme.
    Programme(ProgrammeEvent),
    /// Who viewed what.
    Access(AccessEvent),
}

impl Event {
    /// The payload as it is shown: clear and open private fields alike, closed ones as null.
    #[must_use]
    pub fn display(&self) -> serde_json::Map<String, Value> {
        self.encode()
            .map(crate::private::display)
            .unwrap_or_default()
    }

    /// The name under which this event is stored.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        EventType::of_table(self.info().name)
    }
}
