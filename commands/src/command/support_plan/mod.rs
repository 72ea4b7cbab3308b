//! Commands about home-living support plans and the discharge that they prepare.

mod agree_support_plan;
mod close_support_plan;
mod deliver_support_plan;
mod draft_support_plan;
mod explain_support_plan;
mod hand_over_support_plan;
mod hold_plan_conference;
mod monitor_support_plan;
mod record_discharge;
mod request_support_plan;
mod revise_support_plan;
mod write_plan_sections;

pub use agree_support_plan::AgreeSupportPlan;
pub use close_support_plan::CloseSupportPlan;
pub use deliver_support_plan::DeliverSupportPlan;
pub use draft_support_plan::DraftSupportPlan;
pub use explain_support_plan::ExplainSupportPlan;
pub use hand_over_support_plan::HandOverSupportPlan;
pub use hold_plan_conference::HoldPlanConference;
pub use monitor_support_plan::MonitorSupportPlan;
pub use record_discharge::RecordDischarge;
pub use request_support_plan::RequestSupportPlan;
pub use revise_support_plan::ReviseSupportPlan;
pub use write_plan_sections::WritePlanSections;

use ledger_core::id::SupportPlanId;

use crate::rejection::{Reason, Rejection};
use crate::state::{Child, SupportPlan, SupportPlanVersion};

/// A plan that has not ended.
fn open_plan(child: &Child, id: SupportPlanId) -> Result<&SupportPlan, Rejection> {
    let plan = child.support_plan(id);
    let plan = plan.ok_or(Reason::PlanNotFound.on("plan"))?;
    if plan.is_open() {
        Ok(plan)
    } else {
        Err(Reason::PlanClosed.on("plan"))
    }
}

/// A plan's newest version, which `version` must name.
fn newest<'a>(
    plan: &'a SupportPlan,
    version: u32,
    field: &'static str,
) -> Result<&'a SupportPlanVersion, Rejection> {
    let newest = plan.newest().filter(|_| plan.latest() == version);
    newest.ok_or(Reason::StaleBase.on(field))
}
