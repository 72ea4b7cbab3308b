//! Records that an agreed home-living support plan was looked at in use (モニタリング).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanMonitored};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::{Day, Occurred};

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that an agreed home-living support plan was looked at in use (モニタリング).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitorSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Day by which it is to be looked at again.
    #[serde(default)]
    pub next_due: Option<Day>,
    /// What was found.
    #[serde(default)]
    pub findings: Option<String>,
}

impl Act for MonitorSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        if !plan.ever_agreed() {
            return Err(Reason::NotAgreed.on("plan"));
        }
        let begun = plan.begun().and_then(|step| step.day());
        time::in_order(begun, self.occurred, "occurred")?;
        if let Some(due) = self.next_due {
            time::in_order(self.occurred.day(), Occurred::Day(due), "next_due")?;
        }
        let event = SupportPlanEvent::Monitored(SupportPlanMonitored {
            plan: self.plan,
            next_due: self.next_due,
            findings: private(self.findings.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
