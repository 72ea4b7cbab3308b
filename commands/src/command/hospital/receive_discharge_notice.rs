//! Records that the hospital told the centre of a coming discharge (退院の連絡).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{DischargeNoticeReceived, Draft, HospitalEvent};
use ledger_core::id::{ChildId, HospitalStayId, ReferralId};
use ledger_core::time::{Day, Occurred};

use super::going_on;
use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Child;

/// Records that the hospital told the centre of a coming discharge (退院の連絡).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveDischargeNotice {
    /// The person.
    pub child: ChildId,
    /// The stay.
    pub stay: HospitalStayId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Day on which the discharge is planned.
    #[serde(default)]
    pub planned_on: Option<Day>,
    /// The referral from the hospital that carried it.
    #[serde(default)]
    pub referral: Option<ReferralId>,
    /// Who told it (医療ソーシャルワーカー).
    #[serde(default)]
    pub sender: Option<String>,
    /// What was told.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for ReceiveDischargeNotice {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let stay = going_on(child, self.stay)?;
        if self.referral.is_some_and(|id| child.referral(id).is_none()) {
            return Err(Reason::ReferralNotFound.on("referral"));
        }
        let admitted = stay.started.day();
        time::in_order(admitted, self.occurred, "occurred")?;
        if let Some(planned) = self.planned_on {
            time::not_before(admitted, planned, "planned_on")?;
        }
        let event = HospitalEvent::NoticeReceived(DischargeNoticeReceived {
            stay: self.stay,
            planned_on: self.planned_on,
            referral: self.referral,
            sender: private(self.sender.as_deref()),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
