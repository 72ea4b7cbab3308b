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
    /// The plan's new id, or that of the plan that was requested.
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

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if let Some(requested) = child.support_plan(self.plan) {
            if !requested.is_open() {
                return Err(Reason::PlanClosed.on("plan"));
            }
            if requested.latest() > 0 {
                return Err(Reason::AlreadyRecorded.on("plan"));
            }
            time::in_order(requested.latest_day(), self.occurred, "occurred")?;
        }
        if child.other_open_support_plan(self.plan) || child.others.open_support_plan {
            return Err(Reason::SecondOpenPlan.on("plan"));
        }
        let event = SupportPlanEvent::Drafted(SupportPlanDrafted {
            plan: self.plan,
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
