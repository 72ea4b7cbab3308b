//! Takes access to a person for whom one is not in charge, for a stated reason and a while (緊急閲覧).

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CareTeamEvent, Draft, EmergencyAccessTaken};
use ledger_core::id::{ChildId, LedgerId, StreamName};
use ledger_core::text::without_spaces;
use ledger_core::time::{Occurred, Timestamp};

use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::{EMERGENCY_ACCESS_MINUTES_MAX, EMERGENCY_REASON_CHARS_MIN};
use crate::rule::person::is_known;
use crate::rule::text::required;
use crate::state::Child;

/// Takes access to a person for whom one is not in charge, for a stated reason and a while (緊急閲覧).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeEmergencyAccess {
    /// The person.
    pub child: ChildId,
    /// For how long from now, at most 180; none: 180.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Why, in 8 characters or more; needed.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Single for TakeEmergencyAccess {
    type State = Child;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::child(self.child)
    }

    fn drafts(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let now = context.now;
        let occurred = Occurred::minute_in_japan(context.today, now.in_japan().time());
        is_known(child, occurred, context)?;
        let minutes = self.minutes.unwrap_or(EMERGENCY_ACCESS_MINUTES_MAX);
        if !(1..=EMERGENCY_ACCESS_MINUTES_MAX).contains(&minutes) {
            return Err(Reason::NotANumber.on("minutes"));
        }
        let reason = required(self.reason.as_deref(), "reason")?;
        let said = reason.text().map(without_spaces).unwrap_or_default();
        if said.chars().count() < EMERGENCY_REASON_CHARS_MIN {
            return Err(Reason::ReasonTooShort.on("reason"));
        }
        let length = TimeDelta::minutes(i64::from(minutes));
        let until = now.utc().checked_add_signed(length);
        let event = CareTeamEvent::EmergencyAccess(EmergencyAccessTaken {
            account: context.actor.clone(),
            until: until.map_or(now, Timestamp::from_utc),
            reason,
        });
        Ok(vec![Draft::new(event, occurred)])
    }
}
