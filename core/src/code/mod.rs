//! Code tables: each code with its stored English name and the ward's own Japanese term.

mod care;
mod consultation;
mod correction;
mod disaster;
mod facility;
mod place;
mod plan;
mod quality;
mod referral;
mod register;
mod table;

pub use care::{BirthWeightBand, CareProcedure, MotorImpairment, ProfileField};
pub use consultation::{ActionTaken, Channel, Consulter, Topic};
pub use correction::CorrectionReason;
pub use disaster::{
    DisasterPlanEnd, DisasterPlanResult, DisasterPlanStep, Office, TransferReason,
    VerificationMethod,
};
pub use facility::{FacilityKind, SessionKind, VisitStaff};
pub use place::{Area, Section};
pub use plan::{PlanClosing, RevisionReason, Service};
pub use quality::Flag;
pub use referral::{Outcome, Urgency};
pub use register::Register;
pub use table::{Term, UnknownCode};
