//! Drafts the first version of a home-living support plan; a person has one open plan at a time.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanDrafted, SupportPlanEvent};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::{private, private_list};
use crate::rule::time;
use crate::state::Child;

/// Drafts the first version of a home-living support plan; a person has one open plan at a time.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan that was requested; left out, the only one of the person that was, or else a new one.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Day on which a discharge is planned.
    #[serde(default)]
    pub discharge_planned_on: Option<Day>,
    /// Goals.
    #[serde(default)]
    pub goals: Option<String>,
    /// Services, each in words.
    #[serde(default)]
    pub services: Vec<String>,
    /// Who of the centre writes it.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Act for DraftSupportPlan {
    about_child!();

    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = self.plan_of(child, context);
        if let Some(requested) = child.support_plan(plan) {
            if !requested.is_open() {
                return Err(Reason::PlanClosed.on("plan"));
            }
            if requested.latest() > 0 {
                return Err(Reason::AlreadyRecorded.on("plan"));
            }
            time::in_order(requested.latest_day(), self.occurred, "occurred")?;
        }
        if child.other_open_support_plan(plan) || child.others.open_support_plan {
            return Err(Reason::SecondOpenPlan.on("plan"));
        }
        let event = SupportPlanEvent::Drafted(SupportPlanDrafted {
            plan,
            number: None,
            reason: None,
            discharge_planned_on: self.discharge_planned_on,
            goals: private(self.goals.as_deref()),
            services: private_list(&self.services),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl DraftSupportPlan {
    /// The plan that is drafted; one that is left out has the id that the command's gives it.
    fn plan_of(&self, child: &Child, context: &Context) -> SupportPlanId {
        let left_out = self.plan.uuid() == context.command.made("support-plan");
        let requested = child.requested_support_plan().filter(|_| left_out);
        requested.unwrap_or(self.plan)
    }
}
