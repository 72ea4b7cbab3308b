//! Records the planned day of discharge, set or moved.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{DischargeDateSet, Draft, HospitalEvent};
use ledger_core::id::{ChildId, HospitalStayId};
use ledger_core::time::{Day, Occurred};

use super::going_on;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records the planned day of discharge, set or moved.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDischargeDate {
    /// The person.
    pub child: ChildId,
    /// The stay.
    pub stay: HospitalStayId,
    /// When it was set.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The day.
    pub planned_on: Day,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for SetDischargeDate {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let stay = going_on(child, self.stay)?;
        if stay.planned_on == Some(self.planned_on) {
            return Err(Reason::NothingChanges.on("planned_on"));
        }
        let admitted = stay.started.day();
        time::in_order(admitted, self.occurred, "occurred")?;
        time::not_before(admitted, self.planned_on, "planned_on")?;
        let event = HospitalEvent::DateSet(DischargeDateSet {
            stay: self.stay,
            planned_on: self.planned_on,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
