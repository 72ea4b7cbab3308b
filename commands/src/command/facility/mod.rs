//! Commands about facilities and the technical support that they receive.

mod cancel_visit;
mod change_facility;
mod change_facility_staffing;
mod enrol_facility;
mod record_acceptance;
mod record_facility_support;
mod register_facility;
mod schedule_visit;
mod survey_facility_confidence;
mod withdraw_facility;

pub use cancel_visit::CancelVisit;
pub use change_facility::ChangeFacility;
pub use change_facility_staffing::ChangeFacilityStaffing;
pub use enrol_facility::EnrolFacility;
pub use record_acceptance::RecordAcceptance;
pub use record_facility_support::RecordFacilitySupport;
pub use register_facility::RegisterFacility;
pub use schedule_visit::ScheduleVisit;
pub use survey_facility_confidence::SurveyFacilityConfidence;
pub use withdraw_facility::WithdrawFacility;

use ledger_core::code::CareProcedure;
use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Facility;

/// The facility is registered, and what is recorded of it does not lie in the future.
fn known(facility: &Facility, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    if facility.profile.is_none() {
        return Err(Reason::UnknownFacility.on("facility"));
    }
    time::occurred(occurred, context, "occurred")
}

/// Procedures in the order given, each once.
fn distinct(procedures: &[CareProcedure]) -> Vec<CareProcedure> {
    let mut distinct = Vec::new();
    for procedure in procedures {
        if !distinct.contains(procedure) {
            distinct.push(*procedure);
        }
    }
    distinct
}
