//! Records that the family agreed to a home-living support plan's newest version.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanAgreed, SupportPlanEvent};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::Occurred;

use super::{newest, open_plan};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the family agreed to a home-living support plan's newest version.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// The version that was agreed, which must be the newest.
    pub version: u32,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Who agreed.
    #[serde(default)]
    pub agreed_by: Option<String>,
}

impl Act for AgreeSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let newest = newest(plan, self.version, "version")?;
        if newest.agreed.is_some() {
            return Err(Reason::AlreadyRecorded.on("version"));
        }
        time::in_order(newest.made.day(), self.occurred, "occurred")?;
        let event = SupportPlanEvent::Agreed(SupportPlanAgreed {
            plan: self.plan,
            version: self.version,
            agreed_by: private(self.agreed_by.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
