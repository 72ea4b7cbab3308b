//! Who works with a person (支援チーム), who of the centre is in charge, and who looked in an emergency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Actor;
use crate::code::{CareRole, Charge, PartyKind};
use crate::id::{CareTeamMemberId, OrganisationId};
use crate::private::Private;
use crate::time::Timestamp;

events! {
    /// The people around a person.
    pub enum CareTeamEvent {
        /// Somebody works with the person from now on.
        "care-team-member-joined" @ 1 record => Joined(CareTeamMemberJoined),
        /// Somebody works with the person no longer.
        "care-team-member-left" @ 1 record => Left(CareTeamMemberLeft),
        /// An account of the centre is in charge of the person (担当).
        "staff-assigned" @ 1 clear => StaffAssigned(StaffAssigned),
        /// An account is in charge no longer.
        "staff-unassigned" @ 1 clear => StaffUnassigned(StaffUnassigned),
        /// Somebody who is not in charge took access for a stated reason, for a while (緊急閲覧).
        "emergency-access-taken" @ 1 record => EmergencyAccess(EmergencyAccessTaken),
    }
}

/// Somebody works with the person from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareTeamMemberJoined {
    /// The member.
    pub member: CareTeamMemberId,
    /// Kind of office.
    pub party: PartyKind,
    /// The office, where it is in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// As what.
    pub role: CareRole,
    /// Who, by name.
    pub person: Private<Option<String>>,
    /// How to reach them.
    pub contact: Private<Option<String>>,
}

/// Somebody works with the person no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareTeamMemberLeft {
    /// The member.
    pub member: CareTeamMemberId,
    /// Why.
    pub reason: Private<Option<String>>,
}

/// An account of the centre is in charge of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffAssigned {
    /// The account's name.
    pub account: Actor,
    /// How.
    pub charge: Charge,
}

/// An account is in charge of the person no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffUnassigned {
    /// The account's name.
    pub account: Actor,
}

/// Somebody who is not in charge took access for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EmergencyAccessTaken {
    /// The account's name.
    pub account: Actor,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: Private<Option<String>>,
}
