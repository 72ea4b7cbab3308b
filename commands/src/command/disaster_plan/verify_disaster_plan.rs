//! Records that a disaster plan was verified with a guardian or the person; the yearly clock starts anew.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{DisasterPlanResult, VerificationMethod};
use ledger_core::event::{DisasterPlanChecked, DisasterPlanEvent, Draft};
use ledger_core::id::{ChildId, DisasterPlanId};
use ledger_core::time::{Day, Occurred};

use super::{open_plan, planning};
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::ADULT_YEARS;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::{time, ventilator};
use crate::state::Child;

/// Records that a disaster plan was verified with a guardian or the person; the yearly clock starts anew.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyDisasterPlan {
    /// The person.
    pub child: ChildId,
    /// The plan.
    pub plan: DisasterPlanId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// A guardian took part.
    #[serde(default)]
    pub guardian_present: bool,
    /// The person took part; who is 18 or older needs no guardian.
    #[serde(default)]
    pub person_present: bool,
    /// How it was verified.
    pub method: VerificationMethod,
    /// What came of it.
    pub result: DisasterPlanResult,
    /// Day for which the next verification is planned.
    #[serde(default)]
    pub next_due: Option<Day>,
    /// Who took part.
    #[serde(default)]
    pub participants: Option<String>,
    /// Open issues.
    #[serde(default)]
    pub issues: Option<String>,
    /// Who of the office verified it.
    #[serde(default)]
    pub staff: Option<String>,
}

impl Act for VerifyDisasterPlan {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let plan = open_plan(child, self.plan)?;
        // A minor alone agrees to nothing: that is a review, and the yearly clock goes on.
        let day = self.occurred.day();
        let age = day.and_then(|day| child.profile.birth.age_years(day));
        let of_age = age.is_none_or(|age| age >= ADULT_YEARS);
        let family_was_there = self.guardian_present || self.person_present && of_age;
        if !family_was_there {
            return Err(Reason::GuardianRequired.on("guardian_present"));
        }
        if !plan.ever_agreed() {
            return Err(Reason::NotAgreed.on("plan"));
        }
        ventilator::may_support(plan.office, child, self.occurred.day(), "plan")?;
        let drafted = plan.drafted().and_then(|step| step.day());
        time::in_order(drafted, self.occurred, "occurred")?;
        let event = DisasterPlanEvent::Verified(DisasterPlanChecked {
            plan: self.plan,
            method: Some(self.method),
            result: Some(self.result),
            next_due: self.next_due,
            guardian_present: Some(self.guardian_present),
            person_present: Some(self.person_present),
            participants: private(self.participants.as_deref()),
            issues: private(self.issues.as_deref()),
            staff: private(self.staff.as_deref()),
        });
        Ok(vec![planning(event, self.occurred, self.next_due)?])
    }
}
