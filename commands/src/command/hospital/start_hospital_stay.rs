//! Records that a person went into hospital, or that the centre learnt of it.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, HospitalEvent, HospitalStayStarted};
use ledger_core::id::{ChildId, HospitalStayId, OrganisationId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that a person went into hospital, or that the centre learnt of it.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartHospitalStay {
    /// The person.
    pub child: ChildId,
    /// The stay's new id.
    pub stay: HospitalStayId,
    /// When the person was admitted.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The hospital, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The hospital, in words.
    #[serde(default)]
    pub hospital: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for StartHospitalStay {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.hospital_stay(self.stay).is_some() {
            return Err(Reason::AlreadyRecorded.on("stay"));
        }
        if child.open_hospital_stay().is_some() || child.others.in_hospital {
            return Err(Reason::HospitalStayOpen.on("child"));
        }
        let event = HospitalEvent::Started(HospitalStayStarted {
            stay: self.stay,
            organisation: self.organisation,
            hospital: private(self.hospital.as_deref()),
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
