//! Writes the next version of a home-living support plan; it rests on the newest, agreed one.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::RevisionReason;
use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanRevised};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::{Day, Occurred};

use super::{newest, open_plan};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::{private, private_list};
use crate::rule::time;
use crate::state::Child;

/// Writes the next version of a home-living support plan; it rests on the newest, agreed one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// The version that was looked at, which must be the newest.
    pub base_version: u32,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    pub reason: RevisionReason,
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

impl Act for ReviseSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let base = newest(plan, self.base_version, "base_version")?;
        let agreed = base.agreed.ok_or(Reason::NotAgreed.on("base_version"))?;
        let latest = base.made.day().max(agreed.day());
        time::in_order(latest, self.occurred, "occurred")?;
        let event = SupportPlanEvent::Revised(SupportPlanRevised {
            plan: self.plan,
            version: self.base_version.saturating_add(1),
            base_version: self.base_version,
            reason: Some(self.reason),
            discharge_planned_on: self.discharge_planned_on,
            goals: private(self.goals.as_deref()),
            services: private_list(&self.services),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
