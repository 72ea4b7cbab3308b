//! Events: their names, payloads and envelopes.
//!
//! One file per group of events; each line of an `events!` table names a type, its newest schema
//! version and the class of key under which its private fields are sealed. Stored bytes are never
//! rewritten: an older version is brought up to the newest by its upcasters while reading.

mod access;
mod account;
mod approval;
mod audit;
mod care_team;
mod case;
mod codec;
mod committee;
mod consent;
mod consultation;
mod correction;
mod disaster_plan;
mod facility;
mod family_voice;
mod finance;
mod follow_up;
mod hospital;
mod metadata;
mod organisation;
mod profile;
mod programme;
mod recorded;
mod referral;
mod request;
mod support_plan;
mod table;
mod thing;
mod trainee;

pub use access::{
    AccessEvent, AccessPurpose, BackupTaken, ExportFormat, ExportedList, ImportRowsRejected,
    ListExported, PersonalTextOpened, RejectedRow, SessionBegun, SignInChanged, SignInLinkMade,
    TokenMade, TokensRevoked,
};
pub use account::{AccountClosed, AccountEvent, AccountOpened, AccountRoleChanged};
pub use approval::{
    ApprovalEvent, ApprovalGranted, ApprovalRefused, ApprovalRequested, ApprovalUsed,
};
pub use audit::{
    AnswerGiven, AuditClosed, AuditEvent, AuditOpened, ChainVerified, FindingCleared,
    FindingIssued, QuestionAsked, SampleDrawn,
};
pub use care_team::{
    CareTeamEvent, CareTeamMemberJoined, CareTeamMemberLeft, EmergencyAccessTaken, StaffAssigned,
    StaffUnassigned,
};
pub use case::{
    CaseClosed, CaseEvent, CaseReopened, CasesMerged, DuplicateDismissed, DuplicateSuspected,
    MergeUndone,
};
pub use codec::{Codec, DecodeStoredError, EncodeError, Open, encode_clear};
pub use committee::{
    CommitteeEvent, FindingRecorded, MaterialsFrozen, MeetingConvened, MeetingHeld,
    MinutesApproved, RecommendationAnswered, RecommendationMade, TrialReviewed,
};
pub use consent::{
    ConsentEvent, ConsentGiven, ConsentRefused, ConsentWithdrawn, InformationShared,
};
pub use consultation::{ConsultationEvent, ConsultationRecorded, InquiryLinked, InquiryUnlinked};
pub use correction::{
    AnnulmentReversed, CorrectionEvent, EventAnnulled, EventCorrected, EventReassigned,
    REASSIGNED_EVENT, REASSIGNED_FROM,
};
pub use disaster_plan::{
    DisasterPlanAgreed, DisasterPlanChecked, DisasterPlanDrafted, DisasterPlanEnded,
    DisasterPlanEvent, DisasterPlanNeedIdentified, DisasterPlanNotWanted, DisasterPlanRevised,
    DisasterPlanSectionsWritten, DisasterPlanTransferred, DisasterPlanUsed, HazardDecision,
};
pub use facility::{
    AcceptanceRecorded, ConfidenceSurveyed, FacilityEnrolled, FacilityEvent, FacilityProfile,
    FacilityStaffingChanged, FacilityWithdrawn, SupportGiven, SupportVisitCancelled,
    SupportVisitScheduled,
};
pub use family_voice::{FamilyVoiceEvent, FamilyVoiceRecorded};
pub use finance::{
    BudgetLineSet, ExpenditureRecorded, ExpenditureReversed, FinanceEvent, FiscalYearClosed,
    LateEntryAllowed, SubsidyAmount, SubsidyMenuSet,
};
pub use follow_up::{FollowUpCancelled, FollowUpDone, FollowUpEvent, FollowUpScheduled};
pub use hospital::{DischargeDateSet, DischargeNoticeReceived, HospitalEvent, HospitalStayStarted};
pub use metadata::{Metadata, Source, Subject};
pub use organisation::{
    OrganisationClosed, OrganisationEvent, OrganisationProfile, ResourceConfirmed,
};
pub use profile::{
    BirthDetailRecorded, CareProcedureEnded, CareProcedureStarted, CareScoreAssessed,
    ChildRegistered, GuardianDetail, GuardianRemoved, MobilityAssessed, ProfileChanged,
    ProfileEvent, WelfareServicesRecorded,
};
pub use programme::{
    AreaName, AreaTableSet, CodeTableRevised, CodeTerm, ConcurrentConflict, ContractorAppointed,
    CountingRuleAdopted, HolidayCalendarSet, KnownPopulationSet, OpeningHoursSet, PeriodSet,
    PlannedNumberSet, ProgrammeDefined, ProgrammeEvent, RequiredCompetencySet, ReviewTermSet,
    SecondFactorRuleSet, StaffPostEnded, StaffPostSet, StartMoved,
};
pub use recorded::{Draft, Privacy, ReadEventError, Recorded};
pub use referral::{
    ReferralAccepted, ReferralCompleted, ReferralDeclined, ReferralEscalated, ReferralEvent,
    ReferralFeedbackReceived, ReferralInformationAnswered, ReferralInformationRequested,
    ReferralMade, ReferralProgressReported, ReferralReceived, ReferralRedirected, ReferralReminded,
    ReferralReopened, ReferralWithdrawn,
};
pub use request::{
    OpinionAnswered, OpinionReceived, RequestAnswered, RequestEvent, RequestMade, RequestWithdrawn,
};
pub use support_plan::{
    Discharged, SupportPlanAgreed, SupportPlanClosed, SupportPlanConferenceHeld,
    SupportPlanDelivered, SupportPlanDrafted, SupportPlanEvent, SupportPlanExplained,
    SupportPlanHandedOver, SupportPlanMonitored, SupportPlanRequested, SupportPlanRevised,
    SupportPlanSectionsWritten,
};
pub use table::{DecodeError, KeyUse, TypeInfo};
pub use thing::Thing;
pub use trainee::{
    CompetencyAssessed, SupervisedPlanDrafted, TraineeCompleted, TraineeEnrolled, TraineeEvent,
    TrainingGoalSet, TrainingPaused, TrainingSessionHeld,
};

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

            /// The entry of the type with this name.
            #[must_use]
            pub fn info_of(name: &str) -> Option<TypeInfo> {
                let mut types = [$($Event::TYPES),+].into_iter().flatten();
                types.find(|info| info.name == name).copied()
            }

            /// The entry of this event's type.
            #[must_use]
            pub const fn info(&self) -> TypeInfo {
                match self { $(Self::$Group(event) => event.info(),)+ }
            }

            /// The JSON Schema (draft 2020-12) of the payload of a type in its newest version.
            #[must_use]
            pub fn schema(name: &str) -> Option<Value> {
                None$(.or_else(|| $Event::schema(name)))+
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
    /// Referrals to and from other offices.
    Referral(ReferralEvent),
    /// Home-living support plans.
    SupportPlan(SupportPlanEvent),
    /// Individual disaster plans.
    DisasterPlan(DisasterPlanEvent),
    /// A person's case as a whole.
    Case(CaseEvent),
    /// Hospital stays and notices of discharge.
    Hospital(HospitalEvent),
    /// Consent and sharing.
    Consent(ConsentEvent),
    /// The people around a person.
    CareTeam(CareTeamEvent),
    /// Promised next steps.
    FollowUp(FollowUpEvent),
    /// The family's own voice.
    FamilyVoice(FamilyVoiceEvent),
    /// Corrections of recorded events.
    Correction(CorrectionEvent),
    /// Technical support to facilities.
    Facility(FacilityEvent),
    /// Training of advisors.
    Trainee(TraineeEvent),
    /// Settings of the programme.
    Programme(ProgrammeEvent),
    /// Offices that the centre works with.
    Organisation(OrganisationEvent),
    /// Money of a fiscal year, and its closing.
    Finance(FinanceEvent),
    /// Meetings of the steering committee.
    Committee(CommitteeEvent),
    /// Opinions of the liaison council, requests to the state and Tokyo.
    Request(RequestEvent),
    /// Audits.
    Audit(AuditEvent),
    /// Accounts.
    Account(AccountEvent),
    /// What two people agreed on.
    Approval(ApprovalEvent),
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
