//! Records birth weight and weeks of pregnancy.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::BirthWeightBand;
use ledger_core::event::{BirthDetailRecorded, Draft, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::private::Private;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{GESTATION_WEEKS, WEIGHT_GRAMS};
use crate::rule::person::{Act, about_child};
use crate::state::Child;

/// Records birth weight and weeks of pregnancy; the band of the weight follows from the grams.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBirthDetail {
    /// The person.
    pub child: ChildId,
    /// When it became known.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Weight in grams, 200 to 6,000.
    #[serde(default)]
    pub weight_grams: Option<u32>,
    /// Completed weeks of pregnancy, 20 to 45.
    #[serde(default)]
    pub gestation_weeks: Option<u32>,
}

impl Act for RecordBirthDetail {
    about_child!();

    fn act(&self, _child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let (grams, weeks) = (self.weight_grams, self.gestation_weeks);
        if grams.is_none() && weeks.is_none() {
            return Err(Reason::MissingValue.on("weight_grams"));
        }
        if grams.is_some_and(|grams| !WEIGHT_GRAMS.contains(&grams)) {
            return Err(Reason::NotANumber.on("weight_grams"));
        }
        if weeks.is_some_and(|weeks| !GESTATION_WEEKS.contains(&weeks)) {
            return Err(Reason::NotANumber.on("gestation_weeks"));
        }
        let detail = BirthDetailRecorded {
            weight_band: grams.map(BirthWeightBand::of_grams),
            weight_grams: Private::Open(grams),
            gestation_weeks: Private::Open(weeks),
        };
        let event = ProfileEvent::BirthDetail(detail);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
