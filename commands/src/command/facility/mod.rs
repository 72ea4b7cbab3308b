//! Commands about facilities and the technical support that they receive.

mod change_facility;
mod record_facility_support;
mod register_facility;

pub use change_facility::ChangeFacility;
pub use record_facility_support::RecordFacilitySupport;
pub use register_facility::RegisterFacility;
