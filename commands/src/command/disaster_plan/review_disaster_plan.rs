//! Records an internal review of a disaster plan, without the family; the yearly clock goes on.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DisasterPlanResult, VerificationMethod};
use ledger_core::event::{DisasterPlanChecked, DisasterPlanEvent, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::{Day, Occurred};

use super::{open_plan, planning};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records an internal review of a disaster plan, without the family; the yearly clock goes on.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
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
    /// Who took part.
    #[serde(default)]
    pub participants: Option<String>,
    /// Open issues.
    #[serde(default)]
    pub issues: Option<String>,
    /// Who of the office looked it over.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Act for ReviewDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let drafted = plan.drafted().and_then(|step| step.day());
        time::in_order(drafted, self.occurred, "occurred")?;
        let event = DisasterPlanEvent::ReviewedInternally(DisasterPlanChecked {
            plan: self.plan,
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            guardian_present: Some(false),
            person_present: None,
            participants: private(self.participants.as_deref()),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![planning(event, self.occurred, self.next_due)?])
    }
}
