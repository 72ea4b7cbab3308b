//! Closes a case (終結); what is left open needs an exception in words.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::CaseClosing;
use ledger_core::event::{CaseClosed, CaseEvent, Draft};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Closes a case (終結); what is left open needs an exception in words.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseCase {
    /// The person.
    pub child: ChildId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    pub reason: CaseClosing,
    /// Why it is closed although a referral, plan, follow-up or hospital stay is open.
    #[serde(default)]
    pub exception: Option<String>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for CloseCase {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.case.closed.is_some() {
            return Err(Reason::CaseClosed.on("child"));
        }
        time::in_order(child.case.latest_day(), self.occurred, "occurred")?;
        let mut open = child.open_things();
        open.extend(child.others.open_things.iter().cloned());
        let left_open = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let exception = private(self.exception.as_deref());
        if !open.is_empty() && exception.text().is_none() {
            return Err(Reason::CaseHasOpenThings.on("exception").with(open));
        }
        let event = CaseEvent::Closed(CaseClosed {
            reason: self.reason,
            left_open,
            exception,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
