//! Records that a disaster plan was used in a real disaster, and what worked.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::Hazard;
use ledger_core::event::{DisasterPlanEvent, DisasterPlanUsed, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that a disaster plan was used in a real disaster, and what worked.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDisasterPlanUse {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Which disaster.
    pub hazard: Hazard,
    /// What worked.
    #[serde(default)]
    pub worked: Option<String>,
    /// What did not.
    #[serde(default)]
    pub failed: Option<String>,
}

impl Act for RecordDisasterPlanUse {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = child.disaster_plan(self.plan);
        let plan = plan.ok_or(Reason::PlanNotFound.on("plan"))?;
        let drafted = plan.drafted().and_then(|step| step.day());
        time::in_order(drafted, self.occurred, "occurred")?;
        // A use may be told after the plan ended, but it did not happen then.
        let ended = plan.ended.and_then(|step| step.day());
        if ended.is_some_and(|ended| self.occurred.day() > Some(ended)) {
            return Err(Reason::PlanClosed.on("plan"));
        }
        let event = DisasterPlanEvent::Used(DisasterPlanUsed {
            plan: self.plan,
            hazard: self.hazard,
            worked: private(self.worked.as_deref()),
            failed: private(self.failed.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
