//! Records motor function and the severe-disability certificate.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::MotorImpairment;
use ledger_core::event::{Draft, MobilityAssessed, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::state::Child;

/// Records motor function and the severe-disability certificate; 動ける follows from the two.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessMobility {
    /// The person.
    pub child: ChildId,
    /// When it was assessed.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Degree of motor impairment.
    #[serde(default)]
    pub motor_impairment: Option<MotorImpairment>,
    /// Certified with severe motor and intellectual disability.
    #[serde(default)]
    pub smid_certified: Option<bool>,
}

impl Act for AssessMobility {
    about_child!();

    fn act(&self, _child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if self.motor_impairment.is_none() && self.smid_certified.is_none() {
            return Err(Reason::MissingValue.on("motor_impairment"));
        }
        let assessed = MobilityAssessed {
            motor_impairment: self.motor_impairment,
            smid_certified: self.smid_certified,
        };
        let event = ProfileEvent::MobilityAssessed(assessed);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
