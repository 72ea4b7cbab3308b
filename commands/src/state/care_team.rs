//! Who works with a person, who of the centre is in charge, and who looks in an emergency.

use std::collections::BTreeMap;

use ledger_core::actor::Actor;
use ledger_core::code::Charge;
use ledger_core::event::CareTeamEvent;
use ledger_core::id::CareTeamMemberId;
use ledger_core::time::{Day, Timestamp};

use super::{Happened, Step};
use crate::authorise::Assignment;

/// Somebody who works with a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareTeamMember {
    /// When they joined.
    pub joined: Step,
    /// When they left.
    pub left: Option<Step>,
}

impl CareTeamMember {
    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let left = self.left.and_then(|step| step.day());
        self.joined.day().max(left)
    }

    /// Whether they did not leave before they joined.
    pub(crate) fn is_orderly(&self) -> bool {
        let left = self.left.and_then(|step| step.day());
        left.is_none() || self.joined.day() <= left
    }
}

/// The people around a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CareTeam {
    /// Those of other offices, also those who left.
    pub members: BTreeMap<CareTeamMemberId, CareTeamMember>,
    /// Accounts of the centre in charge, and how.
    pub charges: BTreeMap<Actor, Charge>,
    /// Accounts that took access for a while, and until when.
    pub emergencies: BTreeMap<Actor, Timestamp>,
}

impl CareTeam {
    /// The account that is in charge first of all.
    #[must_use]
    pub fn main(&self) -> Option<&Actor> {
        let mut charges = self.charges.iter();
        let found = charges.find(|(_, charge)| **charge == Charge::Main);
        found.map(|(account, _)| account)
    }

    /// Whether an account is in charge, in whatever way.
    #[must_use]
    pub fn is_in_charge(&self, account: &Actor) -> bool {
        self.charges.contains_key(account)
    }

    /// Whether an account has access for an emergency at a moment.
    #[must_use]
    pub fn has_emergency_access(&self, account: &Actor, at: Timestamp) -> bool {
        let until = self.emergencies.get(account);
        until.is_some_and(|until| at < *until)
    }

    /// How an account stands to the person at a moment.
    #[must_use]
    pub fn assignment(&self, account: &Actor, now: Timestamp) -> Assignment {
        if self.is_in_charge(account) {
            Assignment::InCharge
        } else if self.has_emergency_access(account, now) {
            Assignment::Emergency
        } else {
            Assignment::None
        }
    }

    /// Takes an event in; the leaving of somebody who is not there changes nothing.
    pub(super) fn evolve(&mut self, event: &CareTeamEvent, happened: &Happened<'_>) {
        match event {
            CareTeamEvent::Joined(joined) => {
                let member = CareTeamMember {
                    joined: happened.step(),
                    left: None,
                };
                self.members.insert(joined.member, member);
            },
            CareTeamEvent::Left(left) => {
                if let Some(member) = self.members.get_mut(&left.member) {
                    member.left = Some(happened.step());
                }
            },
            CareTeamEvent::StaffAssigned(assigned) => {
                self.charges
                    .insert(assigned.account.clone(), assigned.charge);
            },
            CareTeamEvent::StaffUnassigned(unassigned) => {
                self.charges.remove(&unassigned.account);
            },
            CareTeamEvent::EmergencyAccess(taken) => {
                let until = self.emergencies.entry(taken.account.clone());
                let until = until.or_insert(taken.until);
                *until = taken.until.max(*until);
            },
        }
    }
}
