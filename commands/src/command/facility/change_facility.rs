//! Changes a facility's name, kind or area; what is not given stays.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, FacilityKind};
use ledger_core::event::{Draft, FacilityEvent, FacilityProfile};
use ledger_core::id::{FacilityId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::given;
use crate::rule::time;
use crate::state::Facility;

/// Changes a facility's name, kind or area; what is not given stays.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFacility {
    /// The facility.
    pub facility: FacilityId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// Kind.
    #[serde(default)]
    pub kind: Option<FacilityKind>,
    /// Area.
    #[serde(default)]
    pub area: Option<Area>,
}

impl Single for ChangeFacility {
    type State = Facility;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::facility(self.facility)
    }

    fn falls_on(&self) -> Option<Occurred> {
        Some(self.occurred)
    }

    fn drafts(&self, facility: &Facility, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = facility.profile.as_ref();
        let known = known.ok_or(Reason::UnknownFacility.on("facility"))?;
        time::occurred(self.occurred, context, "occurred")?;
        let now = FacilityProfile {
            facility: known.facility,
            number: known.number.clone(),
            name: given(self.name.as_deref()).or_else(|| known.name.clone()),
            kind: self.kind.or(known.kind),
            area: self.area.or(known.area),
        };
        if now == *known {
            return Err(Reason::NothingChanges.into());
        }
        Ok(vec![Draft::new(FacilityEvent::Changed(now), self.occurred)])
    }
}
