//! Records that an arranged visit does not take place, and why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, FacilityEvent, SupportVisitCancelled};
use ledger_core::id::{FacilityId, LedgerId, StreamName, VisitId};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::Facility;

/// Records that an arranged visit does not take place, and why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelVisit {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The visit.
    pub visit: VisitId,
    /// Why.
    pub reason: String,
}

impl Single for CancelVisit {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        if facility.scheduled(self.visit).is_none() {
            return Err(Reason::VisitNotScheduled.on("visit"));
        }
        let reason = given(Some(&self.reason)).ok_or(Reason::MissingValue.on("reason"))?;
        let event = FacilityEvent::VisitCancelled(SupportVisitCancelled {
            visit: self.visit,
            reason: Private::Open(Some(reason)),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
