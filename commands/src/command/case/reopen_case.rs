//! Goes on with a closed case (再開).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CaseEvent, CaseReopened, Draft};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::required;
use crate::rule::time;
use crate::state::Child;

/// Goes on with a closed case (再開).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenCase {
    /// The person.
    pub child: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for ReopenCase {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.case.closed.is_none() {
            return Err(Reason::CaseNotClosed.on("child"));
        }
        time::in_order(child.case.latest_day(), self.occurred, "occurred")?;
        let event = CaseEvent::Reopened(CaseReopened {
            reason: required(self.reason.as_deref(), "reason")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
