//! Records that a kind of daily medical care ended.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CareProcedure;
use ledger_core::event::{CareProcedureEnded, Draft, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that a kind of daily medical care ended; from that day on it does not count.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCareProcedure {
    /// The person.
    pub child: ChildId,
    /// When it ended.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The kind.
    pub procedure: CareProcedure,
    /// Why, in words.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for EndCareProcedure {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let open = child.profile.open_procedure(self.procedure);
        let open = open.ok_or(Reason::ProcedureNotOpen.on("procedure"))?;
        time::in_order(open.from, self.occurred, "occurred")?;
        let ended = CareProcedureEnded {
            procedure: self.procedure,
            reason: private(self.reason.as_deref()),
        };
        let event = ProfileEvent::ProcedureEnded(ended);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
