//! Records a facility's nurses and the care that it can give, as known now.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CareProcedure;
use ledger_core::event::{Draft, FacilityEvent, FacilityStaffingChanged};
use ledger_core::id::{FacilityId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::distinct;
use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::NURSES_HUNDREDTHS_MAX;
use crate::state::Facility;

/// Records a facility's nurses and the care that it can give, as known now.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFacilityStaffing {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Nurses, in hundredths of a full-time post.
    pub nurse_fte_hundredths: u32,
    /// Daily medical care that it can give.
    #[serde(default)]
    pub procedures: Vec<CareProcedure>,
}

impl Single for ChangeFacilityStaffing {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        if self.nurse_fte_hundredths > NURSES_HUNDREDTHS_MAX {
            return Err(Reason::NotANumber.on("nurse_fte_hundredths"));
        }
        let staffing = FacilityStaffingChanged {
            nurse_fte_hundredths: self.nurse_fte_hundredths,
            procedures: distinct(&self.procedures),
        };
        if facility.staffing.as_ref() == Some(&staffing) {
            return Err(Reason::NothingChanges.into());
        }
        let event = FacilityEvent::StaffingChanged(staffing);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
