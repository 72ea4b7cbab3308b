//! Records that those around the person met about a home-living support plan (退院前カンファレンス).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::PartyKind;
use ledger_core::event::{Draft, SupportPlanConferenceHeld, SupportPlanEvent};
use ledger_core::id::{ChildId, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::{private, private_list};
use crate::rule::time;
use crate::state::Child;

/// Records that those around the person met about a home-living support plan (退院前カンファレンス).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldPlanConference {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kinds of offices that attended.
    #[serde(default)]
    pub parties: Vec<PartyKind>,
    /// The family attended.
    #[serde(default)]
    pub with_family: bool,
    /// Who attended, each in words.
    #[serde(default)]
    pub attendees: Vec<String>,
    /// What was agreed.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for HoldPlanConference {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let begun = plan.begun().and_then(|step| step.day());
        time::in_order(begun, self.occurred, "occurred")?;
        let attendees = private_list(&self.attendees);
        let named = attendees.open().is_some_and(|all| !all.is_empty());
        // The centre alone is no conference.
        if self.parties.is_empty() && !self.with_family && !named {
            return Err(Reason::MissingValue.on("parties"));
        }
        let event = SupportPlanEvent::ConferenceHeld(SupportPlanConferenceHeld {
            plan: self.plan,
            parties: self.parties.clone(),
            with_family: self.with_family,
            attendees,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
