//! Commands about individual disaster plans.

mod agree_disaster_plan;
mod draft_disaster_plan;
mod end_disaster_plan;
mod identify_disaster_plan_need;
mod record_disaster_plan_not_wanted;
mod record_disaster_plan_use;
mod review_disaster_plan;
mod revise_disaster_plan;
mod transfer_disaster_plan;
mod verify_disaster_plan;
mod write_disaster_plan_sections;

pub use agree_disaster_plan::AgreeDisasterPlan;
pub use draft_disaster_plan::DraftDisasterPlan;
pub use end_disaster_plan::EndDisasterPlan;
pub use identify_disaster_plan_need::IdentifyDisasterPlanNeed;
pub use record_disaster_plan_not_wanted::RecordDisasterPlanNotWanted;
pub use record_disaster_plan_use::RecordDisasterPlanUse;
pub use review_disaster_plan::ReviewDisasterPlan;
pub use revise_disaster_plan::ReviseDisasterPlan;
pub use transfer_disaster_plan::TransferDisasterPlan;
pub use verify_disaster_plan::VerifyDisasterPlan;
pub use write_disaster_plan_sections::WriteDisasterPlanSections;

use ledger_core::code::Flag;
use ledger_core::event::{DisasterPlanEvent, Draft};
use ledger_core::id::DisasterPlanId;
use ledger_core::time::{Day, Occurred};

use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::{Child, DisasterPlan};

/// A plan that has not ended.
fn open_plan(child: &Child, id: DisasterPlanId) -> Result<&DisasterPlan, Rejection> {
    let plan = child.disaster_plan(id);
    let plan = plan.ok_or(Reason::PlanNotFound.on("plan"))?;
    if plan.is_open() {
        Ok(plan)
    } else {
        Err(Reason::PlanClosed.on("plan"))
    }
}

/// An event that plans the next verification, not before the event itself; one planned more than a year
/// ahead is flagged.
fn planning(
    event: DisasterPlanEvent,
    occurred: Occurred,
    next_due: Option<Day>,
) -> Result<Draft, Rejection> {
    if let Some(next) = next_due {
        time::not_before(occurred.day(), next, "next_due")?;
    }
    let draft = Draft::new(event, occurred);
    let day = occurred.day();
    if day.is_some_and(|day| time::more_than_a_year_later(next_due, day)) {
        return Ok(draft.flagged(Flag::NextDueLate));
    }
    Ok(draft)
}
