//! Drafts a family's individual disaster plan; a ventilator user's is the district centre's to support.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, DisasterPlanResult, Office, OutOfAreaReason, VerificationMethod};
use ledger_core::event::{DisasterPlanDrafted, DisasterPlanEvent, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::{Day, Occurred};

use super::planning;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::district_area::district_area;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::ventilator;
use crate::state::Child;

/// Drafts a family's individual disaster plan; a ventilator user's is the district centre's to support.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan's new id.
    pub plan: DisasterPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The office that supports the making.
    pub office: Office,
    /// The district centre's area; none: the person's.
    #[serde(default)]
    pub area: Option<Area>,
    /// Why it is the district centre of another area than the person's; needed where it is.
    #[serde(default)]
    pub out_of_area: Option<OutOfAreaReason>,
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

impl Act for DraftDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.disaster_plan(self.plan).is_some() {
            return Err(Reason::AlreadyRecorded.on("plan"));
        }
        if child.other_open_disaster_plan(self.plan) || child.others.open_disaster_plan {
            return Err(Reason::SecondOpenPlan.on("plan"));
        }
        ventilator::may_support(self.office, child, self.occurred.day(), "office")?;
        let stated = (self.area, self.out_of_area);
        let (area, out_of_area) = district_area(self.office, stated, child)?;
        let event = DisasterPlanEvent::Drafted(DisasterPlanDrafted {
            plan: self.plan,
            number: None,
            office: self.office,
            area,
            out_of_area,
            rule: ventilator::RULE.to_owned(),
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
