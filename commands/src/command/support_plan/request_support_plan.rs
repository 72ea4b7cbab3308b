//! Records that somebody asked for a home-living support plan; its first version is to be drafted.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::PartyKind;
use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanRequested};
use ledger_core::id::{ChildId, ReferralId, SupportPlanId};
use ledger_core::time::{Day, Occurred};

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that somebody asked for a home-living support plan; its first version is to be drafted.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan's new id; the draft names it again.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Kind of office that asks; none where the family alone does.
    #[serde(default)]
    pub requested_by: Option<PartyKind>,
    /// The family itself asks.
    #[serde(default)]
    pub by_family: bool,
    /// Day on which a discharge is planned.
    #[serde(default)]
    pub discharge_planned_on: Option<Day>,
    /// The referral that carries it.
    #[serde(default)]
    pub referral: Option<ReferralId>,
    /// What is asked.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for RequestSupportPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        if child.support_plan(self.plan).is_some() {
            return Err(Reason::AlreadyRecorded.on("plan"));
        }
        if child.other_open_support_plan(self.plan) || child.others.open_support_plan {
            return Err(Reason::SecondOpenPlan.on("plan"));
        }
        if self.requested_by.is_none() && !self.by_family {
            return Err(Reason::MissingValue.on("requested_by"));
        }
        if self.referral.is_some_and(|id| child.referral(id).is_none()) {
            return Err(Reason::ReferralNotFound.on("referral"));
        }
        let event = SupportPlanEvent::Requested(SupportPlanRequested {
            plan: self.plan,
            requested_by: self.requested_by,
            by_family: self.by_family,
            discharge_planned_on: self.discharge_planned_on,
            referral: self.referral,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
