//! Writes the sections of a version of a home-living support plan, as they stand now.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanSectionsWritten};
use ledger_core::id::{ChildId, EventId, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Writes the sections of a version of a home-living support plan, as they stand now.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WritePlanSections {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// The version, which must be there and not be agreed.
    pub version: u32,
    /// The event by which the version said what it says as the author saw it: the newest of its sections or
    /// their correction, or else that of the version; none: whatever it says now is written anew.
    #[serde(default)]
    pub latest: Option<EventId>,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Health.
    #[serde(default)]
    pub health: Option<String>,
    /// Medical care.
    #[serde(default)]
    pub medical: Option<String>,
    /// Welfare.
    #[serde(default)]
    pub welfare: Option<String>,
    /// Education and childcare.
    #[serde(default)]
    pub education: Option<String>,
    /// Family.
    #[serde(default)]
    pub family: Option<String>,
    /// Whom to call.
    #[serde(default)]
    pub contacts: Option<String>,
}

impl Act for WritePlanSections {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let version = plan.versions.get(&self.version);
        let version = version.ok_or(Reason::PlanNotFound.on("version"))?;
        // What the family agreed to stays as it is, also where it had no sections: they belong to the next version.
        if version.agreed.is_some() {
            return Err(Reason::AgreedAlready.on("version"));
        }
        if self.latest.is_some_and(|seen| seen != version.latest) {
            return Err(Reason::StaleValue.on("latest"));
        }
        time::in_order(version.made.day(), self.occurred, "occurred")?;
        let written = SupportPlanSectionsWritten {
            plan: self.plan,
            version: self.version,
            health: private(self.health.as_deref()),
            medical: private(self.medical.as_deref()),
            welfare: private(self.welfare.as_deref()),
            education: private(self.education.as_deref()),
            family: private(self.family.as_deref()),
            contacts: private(self.contacts.as_deref()),
        };
        let sections = [
            &written.health,
            &written.medical,
            &written.welfare,
            &written.education,
            &written.family,
            &written.contacts,
        ];
        if sections.iter().all(|section| section.text().is_none()) {
            return Err(Reason::MissingValue.on("health"));
        }
        let event = SupportPlanEvent::SectionsWritten(written);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
