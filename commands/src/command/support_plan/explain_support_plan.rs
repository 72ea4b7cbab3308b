//! Records that a version of a home-living support plan was explained to the family.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanExplained};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::Occurred;

use super::{newest, open_plan};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that a version of a home-living support plan was explained to the family.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// The version that was explained, which must be the newest.
    pub version: u32,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// To whom.
    #[serde(default)]
    pub to: Option<String>,
}

impl Act for ExplainSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let newest = newest(plan, self.version, "version")?;
        time::in_order(newest.made.day(), self.occurred, "occurred")?;
        let event = SupportPlanEvent::Explained(SupportPlanExplained {
            plan: self.plan,
            version: self.version,
            to: private(self.to.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
