//! Records that a person needs a disaster plan, and whose support it is by the ventilator rule.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, Office, OutOfAreaReason};
use ledger_core::event::{DisasterPlanEvent, DisasterPlanNeedIdentified, Draft};
use ledger_core::id::ChildId;
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::district_area::district_area;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::ventilator;
use crate::state::{Child, DisasterPlanWish};

/// Records that a person needs a disaster plan, and whose support it is by the ventilator rule.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentifyDisasterPlanNeed {
    /// The person.
    pub child: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The office whose support it is; none: the one that the ventilator rule names on that day.
    #[serde(default)]
    pub office: Option<Office>,
    /// The district centre's area; none: the person's.
    #[serde(default)]
    pub area: Option<Area>,
    /// Why it is the district centre of another area than the person's; needed where it is.
    #[serde(default)]
    pub out_of_area: Option<OutOfAreaReason>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for IdentifyDisasterPlanNeed {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.has_open_disaster_plan() || child.others.open_disaster_plan {
            return Err(Reason::SecondOpenPlan.into());
        }
        let day = self.occurred.day();
        let office = self.office.unwrap_or_else(|| by_rule(child, day));
        ventilator::may_support(office, child, day, "office")?;
        let stated = (self.area, self.out_of_area);
        let (area, out_of_area) = district_area(office, stated, child)?;
        if let Some(DisasterPlanWish::Needed {
            office: known,
            area: there,
            ..
        }) = child.disaster_plan_wish()
            && (known, there) == (office, area)
        {
            return Err(Reason::AlreadyRecorded.on("office"));
        }
        let event = DisasterPlanEvent::NeedIdentified(DisasterPlanNeedIdentified {
            office,
            area,
            out_of_area,
            rule: ventilator::RULE.to_owned(),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

/// The office that the rule names on a day.
fn by_rule(child: &Child, day: Option<Day>) -> Office {
    if day.is_some_and(|day| ventilator::on_ventilator(child, day)) {
        Office::DistrictCentre
    } else {
        Office::Centre
    }
}
