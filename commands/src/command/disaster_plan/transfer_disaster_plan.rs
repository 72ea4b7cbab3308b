//! Moves the support of a disaster plan to another office, by a referral where there is one.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Area, CareProcedure, Office, OutOfAreaReason, TransferReason};
use ledger_core::event::{DisasterPlanEvent, DisasterPlanTransferred, Draft};
use ledger_core::id::{ChildId, DisasterPlanId, ReferralId};
use ledger_core::time::Occurred;

use super::open_plan;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::district_area::district_area;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::Child;

/// Moves the support of a disaster plan to another office, by a referral where there is one.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The office from now on.
    pub to: Office,
    /// The district centre's area; none: the person's.
    #[serde(default)]
    pub area: Option<Area>,
    /// Why it is the district centre of another area than the person's; needed where it is.
    #[serde(default)]
    pub out_of_area: Option<OutOfAreaReason>,
    /// Why.
    pub reason: TransferReason,
    /// The referral that hands it over.
    #[serde(default)]
    pub referral: Option<ReferralId>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for TransferDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        let stated = (self.area, self.out_of_area);
        let (area, out_of_area) = district_area(self.to, stated, child)?;
        if (plan.office, plan.area) == (self.to, area) {
            return Err(Reason::NothingChanges.on("to"));
        }
        ventilator::may_support(self.to, child, self.occurred.day(), "to")?;
        self.agrees_with_profile(child)?;
        if self.referral.is_some_and(|id| child.referral(id).is_none()) {
            return Err(Reason::ReferralNotFound.on("referral"));
        }
        let drafted = plan.drafted().and_then(|step| step.day());
        time::in_order(drafted, self.occurred, "occurred")?;
        let event = DisasterPlanEvent::Transferred(DisasterPlanTransferred {
            plan: self.plan,
            from: plan.office,
            to: self.to,
            area,
            out_of_area,
            reason: self.reason,
            referral: self.referral,
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl TransferDisasterPlan {
    /// A move because of a ventilator goes the way that the rule says, on a day on which the
    /// profile says the same.
    fn agrees_with_profile(&self, child: &Child) -> Result<(), Rejection> {
        let day = self.occurred.day();
        let on_ventilator = day.is_some_and(|day| ventilator::on_ventilator(child, day));
        let agrees = match self.reason {
            TransferReason::VentilatorStarted => on_ventilator,
            TransferReason::VentilatorEnded => {
                let mut procedures = child.profile.procedures.iter();
                let before = procedures.any(|one| one.procedure == CareProcedure::Ventilator);
                before && !on_ventilator && self.to == Office::Centre
            },
            TransferReason::Moved | TransferReason::Other => true,
        };
        if agrees {
            Ok(())
        } else {
            Err(Reason::VentilatorDisagrees.on("reason"))
        }
    }
}
