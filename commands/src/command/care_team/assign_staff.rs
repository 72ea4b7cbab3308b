//! Puts an account of the centre in charge of a person (担当).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Actor;
use ledger_core::code::Charge;
use ledger_core::event::{CareTeamEvent, Draft, StaffAssigned, StaffUnassigned};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::in_charge::may_decide;
use crate::rule::person::{Act, about_child};
use crate::state::Child;

/// Puts an account of the centre in charge of a person (担当).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignStaff {
    /// The person.
    pub child: ChildId,
    /// Since when.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The account's name.
    pub account: Actor,
    /// How; one account at a time is in charge first of all.
    pub charge: Charge,
    /// Who hands over to it, and is in charge no longer.
    #[serde(default)]
    pub in_place_of: Option<Actor>,
}

impl Act for AssignStaff {
    about_child!();

    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let team = &child.care_team;
        may_decide(team, context)?;
        if team.charges.get(&self.account) == Some(&self.charge) {
            return Err(Reason::AlreadyRecorded.on("account"));
        }
        let before = self.in_place_of.as_ref();
        if before.is_some_and(|before| !team.is_in_charge(before)) {
            return Err(Reason::NotAssigned.on("in_place_of"));
        }
        if self.charge == Charge::Main && team.main().is_some_and(|main| Some(main) != before) {
            return Err(Reason::MainAlreadyAssigned.on("charge"));
        }
        let handed_over = before.map(|before| {
            CareTeamEvent::StaffUnassigned(StaffUnassigned {
                account: before.clone(),
            })
        });
        let assigned = CareTeamEvent::StaffAssigned(StaffAssigned {
            account: self.account.clone(),
            charge: self.charge,
        });
        let events = handed_over.into_iter().chain([assigned]);
        Ok(events
            .map(|event| Draft::new(event, self.occurred))
            .collect())
    }
}
