//! Records that a facility takes part in the technical support no longer.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FacilityEvent, FacilityWithdrawn};
use ledger_core::id::{FacilityId, LedgerId, StreamName};
use ledger_core::time::{FiscalYear, Occurred};

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::state::Facility;

/// Records that a facility takes part in the technical support no longer.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawFacility {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for WithdrawFacility {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        let day = self.occurred.day().unwrap_or(context.today);
        if !facility.is_enrolled(FiscalYear::of(day)) {
            return Err(Reason::NotEnrolled.on("facility"));
        }
        let event = FacilityEvent::Withdrawn(FacilityWithdrawn {
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
