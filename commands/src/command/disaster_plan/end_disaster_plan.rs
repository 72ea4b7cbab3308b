//! Ends a disaster plan; nothing is due for it any more.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::DisasterPlanEnd;
use ledger_core::event::{DisasterPlanEnded, DisasterPlanEvent, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Ends a disaster plan; nothing is due for it any more.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    pub reason: DisasterPlanEnd,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for EndDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        time::in_order(plan.latest_day(), self.occurred, "occurred")?;
        let event = DisasterPlanEvent::Ended(DisasterPlanEnded {
            plan: self.plan,
            reason: self.reason,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
