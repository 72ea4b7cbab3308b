//! Hands a home-living support plan over to a support specialist (引継ぎ); the plan ends here.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, SupportPlanEvent, SupportPlanHandedOver};
use ledger_core::id::{ChildId, LedgerId, OrganisationId, ReferralId, StreamName, SupportPlanId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::{directory, time};
use crate::state::Child;

/// Hands a home-living support plan over to a support specialist (引継ぎ); the plan ends here.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverSupportPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: SupportPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The specialist's office, where it is in the directory.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The referral that hands it over.
    #[serde(default)]
    pub referral: Option<ReferralId>,
    /// To whom, in words.
    #[serde(default)]
    pub to: Option<String>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Decision for HandOverSupportPlan {
    fn streams(&self, _ledger: LedgerId) -> Vec<StreamName> {
        directory::streams(self.child, self.organisation, self.occurred)
    }

    fn reads_also(&self, view: View<'_>, _ledger: LedgerId) -> Vec<StreamName> {
        view.other_cases(&StreamName::child(self.child))
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        directory::act(self.child, self.occurred, view, context, |child| {
            self.drafts(child, view)
        })
    }
}

impl HandOverSupportPlan {
    fn drafts(&self, child: &Child, view: View<'_>) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let agreed = plan.newest().is_some_and(|newest| newest.agreed.is_some());
        if !agreed {
            return Err(Reason::NotAgreed.on("plan"));
        }
        if self.referral.is_some_and(|id| child.referral(id).is_none()) {
            return Err(Reason::ReferralNotFound.on("referral"));
        }
        if let Some(organisation) = self.organisation {
            directory::kind_of(organisation, self.occurred, view)?;
        }
        let to = private(self.to.as_deref());
        if self.organisation.is_none() && to.text().is_none() {
            return Err(Reason::MissingValue.on("to"));
        }
        time::in_order(plan.latest_day(), self.occurred, "occurred")?;
        let event = SupportPlanEvent::HandedOver(SupportPlanHandedOver {
            plan: self.plan,
            organisation: self.organisation,
            referral: self.referral,
            to,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
