//! Records that a facility took a child on, or did not and why.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Acceptance, CareProcedure};
use ledger_core::event::{AcceptanceRecorded, Draft, FacilityEvent};
use ledger_core::id::{ChildId, FacilityId, LedgerId, StreamName};
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use super::distinct;
use super::known;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::state::Facility;

/// Records that a facility took a child on, or did not and why.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAcceptance {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Which.
    pub outcome: Acceptance,
    /// The child, where it is in the register.
    #[serde(default)]
    pub child: Option<ChildId>,
    /// The care that the child needs.
    #[serde(default)]
    pub procedures: Vec<CareProcedure>,
    /// Why; a facility that did not take the child on has said it.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for RecordAcceptance {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        known(facility, self.occurred, context)?;
        let reason = given(self.reason.as_deref());
        if self.outcome == Acceptance::Declined && reason.is_none() {
            return Err(Reason::MissingValue.on("reason"));
        }
        let event = FacilityEvent::AcceptanceRecorded(AcceptanceRecorded {
            outcome: self.outcome,
            child: self.child,
            procedures: distinct(&self.procedures),
            reason: Private::Open(reason),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
