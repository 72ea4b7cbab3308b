//! Which accounts are in charge of a person, and which took access in an emergency.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::actor::Actor;
use ledger_core::event::CareTeamEvent;
use ledger_core::time::Timestamp;

use crate::authorise::Assignment;

/// The accounts that may read a person's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charges {
    in_charge: BTreeSet<Actor>,
    emergencies: BTreeMap<Actor, Timestamp>,
}

impl Charges {
    /// How an account stands to the person at a moment.
    #[must_use]
    pub fn assignment(&self, account: &Actor, now: Timestamp) -> Assignment {
        if self.in_charge.contains(account) {
            return Assignment::InCharge;
        }
        match self.emergencies.get(account) {
            Some(until) if *until > now => Assignment::Emergency,
            Some(_) | None => Assignment::None,
        }
    }

    /// Takes in the next event about the people around the person.
    pub fn evolve(&mut self, event: &CareTeamEvent) {
        match event {
            CareTeamEvent::StaffAssigned(assigned) => {
                self.in_charge.insert(assigned.account.clone());
            },
            CareTeamEvent::StaffUnassigned(unassigned) => {
                self.in_charge.remove(&unassigned.account);
            },
            CareTeamEvent::EmergencyAccess(taken) => {
                let until = self.emergencies.entry(taken.account.clone());
                let until = until.or_insert(taken.until);
                *until = taken.until.max(*until);
            },
            CareTeamEvent::Joined(_) | CareTeamEvent::Left(_) => {},
        }
    }
}
