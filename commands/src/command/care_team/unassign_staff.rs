//! Takes an account of the centre out of charge of a person.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Actor;
use ledger_core::event::{CareTeamEvent, Draft, StaffUnassigned};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::in_charge::may_decide;
use crate::rule::person::{Act, about_child};
use crate::state::Child;

/// Takes an account of the centre out of charge of a person.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnassignStaff {
    /// The person.
    pub child: ChildId,
    /// Since when.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The account's name.
    pub account: Actor,
}

impl Act for UnassignStaff {
    about_child!();

    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if !child.care_team.is_in_charge(&self.account) {
            return Err(Reason::NotAssigned.on("account"));
        }
        may_decide(&child.care_team, context)?;
        let event = CareTeamEvent::StaffUnassigned(StaffUnassigned {
            account: self.account.clone(),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
