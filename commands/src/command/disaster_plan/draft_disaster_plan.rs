//! Drafts a family's individual disaster plan; a ventilator user's is the district centre's to support.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, DisasterPlanResult, Office, VerificationMethod};
use ledger_core::event::{DisasterPlanDrafted, DisasterPlanEvent, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::{Day, Occurred};

use super::planning;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
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
        let event = DisasterPlanEvent::Drafted(DisasterPlanDrafted {
            plan: self.plan,
            number: None,
            office: self.office,
            area: district_area(self.office, self.area, child)?,
            rule: ventilator::RULE.to_owned(),
            method: self.method,
            result: self.result,
            next_due: self.next_due,
            plan_text: private(self.plan_text.as_deref()),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![planning(event, self.occurred, self.next_due)])
    }
}

/// The area of a supporting district centre: as given, else the person's; none for the centre.
pub(super) fn district_area(
    office: Office,
    given: Option<Area>,
    child: &Child,
) -> Result<Option<Area>, Rejection> {
    match (office, given.or(child.profile.area)) {
        (Office::Centre, _) => Ok(None),
        (Office::DistrictCentre, Some(Area::OutsideWard)) => Err(Reason::UnknownCode.on("area")),
        (Office::DistrictCentre, Some(area)) => Ok(Some(area)),
        (Office::DistrictCentre, None) => Err(Reason::MissingValue.on("area")),
    }
}
