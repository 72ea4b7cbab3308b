//! Code tables: each code with its stored English name and the ward's own Japanese term.

mod care;
mod case;
mod committee;
mod consent;
mod consultation;
mod correction;
mod disaster;
mod facility;
mod keeping;
mod party;
mod place;
mod plan;
mod practice;
mod quality;
mod referral;
mod register;
mod sign_in;
mod table;

pub use care::{BirthWeightBand, CareProcedure, MotorImpairment, ProfileField};
pub use case::{CaseClosing, DuplicateEvidence, Handbook, VoiceStage, WelfareService};
pub use committee::{
    Addressee, ApprovalAct, SamplingMethod, Severity, TrialConclusion, TrialGround,
};
pub use consent::{ConsentForm, DataClass, LegalBasis, SharingPurpose, Speaker};
pub use consultation::{ActionTaken, Channel, Consulter, Topic};
pub use correction::CorrectionReason;
pub use disaster::{
    DisasterPlanEnd, DisasterPlanResult, DisasterPlanStep, Office, TransferReason,
    VerificationMethod,
};
pub use facility::{FacilityKind, SessionKind, VisitStaff};
pub use keeping::{BackupOf, BackupTarget};
pub use party::{Capacity, CareRole, Charge, Direction, PartyKind, ReferralReason};
pub use place::{Area, OutOfAreaReason, Section};
pub use plan::{PlanClosing, RevisionReason, Service};
pub use practice::{
    Acceptance, Competency, ContractMethod, Evacuation, Hazard, PostKind, SurveyPhase,
};
pub use quality::Flag;
pub use referral::{Outcome, Urgency};
pub use register::Register;
pub use sign_in::{SecondFactor, SignInChange};
pub use table::{Coded, Term, UnknownCode};
