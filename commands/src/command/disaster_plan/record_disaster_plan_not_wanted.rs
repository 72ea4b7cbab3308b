//! Records that the family does not want a disaster plan now.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{DisasterPlanEvent, DisasterPlanNotWanted, Draft};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::{Child, DisasterPlanWish};

/// Records that the family does not want a disaster plan now.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDisasterPlanNotWanted {
    /// The person.
    pub child: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for RecordDisasterPlanNotWanted {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        // A plan that goes on is ended, with the family's wish as its reason.
        if child.has_open_disaster_plan() || child.others.open_disaster_plan {
            return Err(Reason::SecondOpenPlan.into());
        }
        // The family may say so again another year, once a day.
        if let Some(DisasterPlanWish::NotWanted(step)) = child.disaster_plan_wish()
            && step.day() == self.occurred.day()
        {
            return Err(Reason::AlreadyRecorded.on("occurred"));
        }
        let event = DisasterPlanEvent::NotWanted(DisasterPlanNotWanted {
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
