//! Takes a facility into the technical support of a fiscal year (対象施設).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FacilityEnrolled, FacilityEvent};
use ledger_core::id::{FacilityId, LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::FISCAL_YEARS;
use crate::state::Facility;

/// Takes a facility into the technical support of a fiscal year (対象施設).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolFacility {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The year.
    pub fiscal_year: FiscalYear,
}

impl Single for EnrolFacility {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        // It changes the grid of the year in which the facility takes part.
        Some(Occurred::Day(self.fiscal_year.first_day()))
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        if !FISCAL_YEARS.contains(&self.fiscal_year.year()) {
            return Err(Reason::NotANumber.on("fiscal_year"));
        }
        if facility.is_enrolled(self.fiscal_year) {
            return Err(Reason::AlreadyRecorded.on("fiscal_year"));
        }
        let event = FacilityEvent::Enrolled(FacilityEnrolled {
            fiscal_year: self.fiscal_year,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
