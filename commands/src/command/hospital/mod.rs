//! Commands about stays in hospital (入院) up to the discharge.

mod receive_discharge_notice;
mod set_discharge_date;
mod start_hospital_stay;

pub use receive_discharge_notice::ReceiveDischargeNotice;
pub use set_discharge_date::SetDischargeDate;
pub use start_hospital_stay::StartHospitalStay;

use ledger_core::id::HospitalStayId;

use crate::rejection::{Reason, Rejection};
use crate::state::{Child, HospitalStay};

/// A stay that has not ended.
fn going_on(child: &Child, id: HospitalStayId) -> Result<&HospitalStay, Rejection> {
    let stay = child.hospital_stay(id);
    let stay = stay.ok_or(Reason::HospitalStayNotFound.on("stay"))?;
    if stay.is_open() {
        Ok(stay)
    } else {
        Err(Reason::HospitalStayNotOpen.on("stay"))
    }
}
