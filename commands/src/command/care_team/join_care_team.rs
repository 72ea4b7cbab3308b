//! Records that somebody works with a person from then on (支援チーム).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{CareRole, PartyKind};
use ledger_core::event::{CareTeamEvent, CareTeamMemberJoined, Draft};
use ledger_core::id::{CareTeamMemberId, ChildId, OrganisationId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that somebody works with a person from then on (支援チーム).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinCareTeam {
    /// The person.
    pub child: ChildId,
    /// The member's new id.
    pub member: CareTeamMemberId,
    /// Since when.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind of office.
    pub party: PartyKind,
    /// The office, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// As what.
    pub role: CareRole,
    /// Who, by name.
    #[serde(default)]
    pub person: Option<String>,
    /// How to reach them.
    #[serde(default)]
    pub contact: Option<String>,
}

impl Act for JoinCareTeam {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.care_team.members.contains_key(&self.member) {
            return Err(Reason::AlreadyRecorded.on("member"));
        }
        let event = CareTeamEvent::Joined(CareTeamMemberJoined {
            member: self.member,
            party: self.party,
            organisation: self.organisation,
            role: self.role,
            person: private(self.person.as_deref()),
            contact: private(self.contact.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
