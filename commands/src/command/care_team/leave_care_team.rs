//! Records that somebody works with a person no longer.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CareTeamEvent, CareTeamMemberLeft, Draft};
use ledger_core::id::{CareTeamMemberId, ChildId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that somebody works with a person no longer.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveCareTeam {
    /// The person.
    pub child: ChildId,
    /// The member.
    pub member: CareTeamMemberId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for LeaveCareTeam {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let member = child.care_team.members.get(&self.member);
        let member = member.ok_or(Reason::MemberNotFound.on("member"))?;
        if member.left.is_some() {
            return Err(Reason::AlreadyRecorded.on("member"));
        }
        time::in_order(member.joined.day(), self.occurred, "occurred")?;
        let event = CareTeamEvent::Left(CareTeamMemberLeft {
            member: self.member,
            reason: private(self.reason.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
