//! Records that a kind of daily medical care began.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CareProcedure;
use ledger_core::event::{CareProcedureStarted, Draft, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that a kind of daily medical care began; one that goes on cannot begin again.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartCareProcedure {
    /// The person.
    pub child: ChildId,
    /// When it began, or became known.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The kind.
    pub procedure: CareProcedure,
    /// Hours a day, 1 to 24.
    #[serde(default)]
    pub hours_per_day: Option<u32>,
    /// The device, in words.
    #[serde(default)]
    pub device: Option<String>,
}

impl Act for StartCareProcedure {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.profile.open_procedure(self.procedure).is_some() {
            return Err(Reason::ProcedureOpen.on("procedure"));
        }
        if self
            .hours_per_day
            .is_some_and(|hours| !(1..=24).contains(&hours))
        {
            return Err(Reason::NotANumber.on("hours_per_day"));
        }
        let started = CareProcedureStarted {
            procedure: self.procedure,
            hours_per_day: self.hours_per_day,
            device: private(self.device.as_deref()),
        };
        let event = ProfileEvent::ProcedureStarted(started);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
