//! Takes a facility into the register.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, FacilityKind};
use ledger_core::event::{Draft, FacilityEvent, FacilityProfile};
use ledger_core::id::{FacilityId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::number::numbered;
use crate::rule::text::given;
use crate::rule::time;
use crate::state::Facility;

/// Takes a facility into the register.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterFacility {
    /// The facility's new id; from the register number where there is one.
    pub facility: FacilityId,
    /// Register number.
    #[serde(default)]
    pub number: Option<String>,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: FacilityKind,
    /// Area.
    pub area: Area,
}

impl Single for RegisterFacility {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if facility.profile.is_some() {
            return Err(Reason::AlreadyRegistered.on("facility"));
        }
        let number = self.number.as_deref();
        let number = numbered(context.ledger, "facility", number, self.facility.uuid())?;
        time::occurred(self.occurred, context, "occurred")?;
        let name = given(Some(&self.name)).ok_or(Reason::MissingValue.on("name"))?;
        let event = FacilityEvent::Registered(FacilityProfile {
            facility: self.facility,
            number,
            name: Some(name),
            kind: Some(self.kind),
            area: Some(self.area),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
