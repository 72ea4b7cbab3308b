//! Ends a home-living support plan; an unagreed version can only be withdrawn.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::PlanClosing;
use ledger_core::event::{Draft, SupportPlanClosed, SupportPlanEvent};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Ends a home-living support plan; an unagreed version can only be withdrawn.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How it ended.
    pub closing: PlanClosing,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for CloseSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let agreed = plan.newest().is_some_and(|newest| newest.agreed.is_some());
        if !agreed && self.closing != PlanClosing::Withdrawn {
            return Err(Reason::NotAgreed.on("closing"));
        }
        time::in_order(plan.latest_day(), self.occurred, "occurred")?;
        let event = SupportPlanEvent::Closed(SupportPlanClosed {
            plan: self.plan,
            closing: self.closing,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
