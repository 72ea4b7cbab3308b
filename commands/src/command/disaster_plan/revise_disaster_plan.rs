//! Writes the next version of a disaster plan; it rests on the newest, agreed one.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DisasterPlanResult, VerificationMethod};
use ledger_core::event::{DisasterPlanEvent, DisasterPlanRevised, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::{Day, Occurred};

use super::{open_plan, planning};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::Child;

/// Writes the next version of a disaster plan; it rests on the newest, agreed one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
    /// The version that was looked at, which must be the newest.
    pub base_version: u32,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// How.
    #[serde(default)]
    pub method: Option<VerificationMethod>,
    /// What came of it.
    #[serde(default)]
    pub result: Option<DisasterPlanResult>,
    /// Day for which the next verification is planned.
    #[serde(default)]
    pub next_due: Option<Day>,
    /// The plan itself, in words.
    #[serde(default)]
    pub plan_text: Option<String>,
    /// Open issues.
    #[serde(default)]
    pub issues: Option<String>,
    /// Who of the office supported it.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Act for ReviseDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let newest = plan.newest().filter(|_| plan.latest() == self.base_version);
        let base = newest.ok_or(Reason::StaleBase.on("base_version"))?;
        let agreed = base.agreed.ok_or(Reason::NotAgreed.on("base_version"))?;
        ventilator::may_support(plan.office, child, self.occurred.day(), "plan")?;
        let latest = base.made.day().max(agreed.day());
        time::in_order(latest, self.occurred, "occurred")?;
        let event = DisasterPlanEvent::Revised(DisasterPlanRevised {
            plan: self.plan,
            version: self.base_version.saturating_add(1),
            base_version: self.base_version,
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            plan_text: private(self.plan_text.as_deref()),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![planning(event, self.occurred, self.next_due)?])
    }
}
