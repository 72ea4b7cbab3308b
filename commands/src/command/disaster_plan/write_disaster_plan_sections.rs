//! Writes the sections of a version of a disaster plan, as they stand now.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Evacuation, Hazard};
use ledger_core::event::{DisasterPlanEvent, DisasterPlanSectionsWritten, Draft, HazardDecision};
use ledger_core::id::{ChildId, DisasterPlanId, EventId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{BATTERY_MINUTES_MAX, WATER_DAYS_MAX};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::Child;

/// Writes the sections of a version of a disaster plan, as they stand now.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteDisasterPlanSections {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
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
    /// The person depends on a device that needs power.
    #[serde(default)]
    pub electric_device: Option<bool>,
    /// How long it runs without mains, at most a month.
    #[serde(default)]
    pub battery_minutes: Option<u32>,
    /// There is a spare battery or generator.
    #[serde(default)]
    pub spare_power: Option<bool>,
    /// Days for which water and nutrition are kept, at most a year.
    #[serde(default)]
    pub water_days: Option<u32>,
    /// What is decided for an earthquake; each hazard is decided once.
    #[serde(default)]
    pub earthquake: Option<Evacuation>,
    /// What is decided for a flood.
    #[serde(default)]
    pub flood: Option<Evacuation>,
    /// What is decided for a blackout.
    #[serde(default)]
    pub blackout: Option<Evacuation>,
    /// What is decided for another hazard.
    #[serde(default)]
    pub other_hazard: Option<Evacuation>,
    /// The person is registered in the emergency summary system (MEIS).
    #[serde(default)]
    pub emergency_summary: Option<bool>,
    /// Power.
    #[serde(default)]
    pub power: Option<String>,
    /// Oxygen.
    #[serde(default)]
    pub oxygen: Option<String>,
    /// Suction.
    #[serde(default)]
    pub suction: Option<String>,
    /// Nutrition and water.
    #[serde(default)]
    pub nutrition: Option<String>,
    /// Medicines.
    #[serde(default)]
    pub medicines: Option<String>,
    /// Where to go and how.
    #[serde(default)]
    pub place: Option<String>,
    /// Whom to call, in order.
    #[serde(default)]
    pub contacts: Option<String>,
    /// Who helps.
    #[serde(default)]
    pub helpers: Option<String>,
    /// Hospital.
    #[serde(default)]
    pub hospital: Option<String>,
}

impl Act for WriteDisasterPlanSections {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let version = plan.versions.get(&self.version);
        let version = version.ok_or(Reason::PlanNotFound.on("version"))?;
        // What the family agreed to stays as it is, also where it had no sections: they belong to the next version.
        if version.agreed.is_some() {
            return Err(Reason::AgreedAlready.on("version"));
        }
        ventilator::may_support(plan.office, child, self.occurred.day(), "plan")?;
        if self.latest.is_some_and(|seen| seen != version.latest) {
            return Err(Reason::StaleValue.on("latest"));
        }
        time::in_order(version.made.day(), self.occurred, "occurred")?;
        let written = self.sections()?;
        let event = DisasterPlanEvent::SectionsWritten(written);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl WriteDisasterPlanSections {
    fn sections(&self) -> Result<DisasterPlanSectionsWritten, Rejection> {
        let numbers = [
            (self.battery_minutes, BATTERY_MINUTES_MAX, "battery_minutes"),
            (self.water_days, WATER_DAYS_MAX, "water_days"),
        ];
        for (given, most, field) in numbers {
            if given.is_some_and(|given| given > most) {
                return Err(Reason::NotANumber.on(field));
            }
        }
        let written = DisasterPlanSectionsWritten {
            plan: self.plan,
            version: self.version,
            electric_device: self.electric_device,
            battery_minutes: self.battery_minutes,
            spare_power: self.spare_power,
            water_days: self.water_days,
            evacuation: self.evacuation(),
            emergency_summary: self.emergency_summary,
            power: private(self.power.as_deref()),
            oxygen: private(self.oxygen.as_deref()),
            suction: private(self.suction.as_deref()),
            nutrition: private(self.nutrition.as_deref()),
            medicines: private(self.medicines.as_deref()),
            place: private(self.place.as_deref()),
            contacts: private(self.contacts.as_deref()),
            helpers: private(self.helpers.as_deref()),
            hospital: private(self.hospital.as_deref()),
        };
        if is_empty(&written) {
            return Err(Reason::MissingValue.on("power"));
        }
        Ok(written)
    }

    fn evacuation(&self) -> Vec<HazardDecision> {
        let decided = [
            (Hazard::Earthquake, self.earthquake),
            (Hazard::Flood, self.flood),
            (Hazard::Blackout, self.blackout),
            (Hazard::Other, self.other_hazard),
        ];
        let decided = decided.into_iter().filter_map(|(hazard, decision)| {
            let decision = decision?;
            Some(HazardDecision { hazard, decision })
        });
        decided.collect()
    }
}

/// Whether no section says anything.
fn is_empty(written: &DisasterPlanSectionsWritten) -> bool {
    let texts = [
        &written.power,
        &written.oxygen,
        &written.suction,
        &written.nutrition,
        &written.medicines,
        &written.place,
        &written.contacts,
        &written.helpers,
        &written.hospital,
    ];
    let flags = [
        written.electric_device,
        written.spare_power,
        written.emergency_summary,
    ];
    let numbers = [written.battery_minutes, written.water_days];
    written.evacuation.is_empty()
        && texts.iter().all(|text| text.text().is_none())
        && flags.iter().all(Option::is_none)
        && numbers.iter().all(Option::is_none)
}
