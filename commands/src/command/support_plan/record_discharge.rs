//! Records that a person left hospital, which ends the stay, with the plan that prepared it.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Discharged, Draft, SupportPlanEvent};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that a person left hospital, which ends the stay, with the plan that prepared it where
/// there is one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDischarge {
    /// The person.
    pub child: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The plan that prepared it.
    #[serde(default)]
    pub plan: Option<SupportPlanId>,
    /// The hospital.
    #[serde(default)]
    pub hospital: Option<String>,
}

impl Act for RecordDischarge {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if let Some(id) = self.plan {
            let plan = child.support_plan(id);
            let plan = plan.ok_or(Reason::PlanNotFound.on("plan"))?;
            if plan.discharged.is_some() {
                return Err(Reason::AlreadyRecorded.on("plan"));
            }
        }
        if let Some(stay) = child.open_hospital_stay() {
            time::in_order(stay.started.day(), self.occurred, "occurred")?;
        }
        let event = SupportPlanEvent::Discharged(Discharged {
            plan: self.plan,
            hospital: private(self.hospital.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
