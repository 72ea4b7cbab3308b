//! Records that somebody is a guardian no longer.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, GuardianRemoved, ProfileEvent};
use ledger_core::id::{ChildId, GuardianId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::limit::ADULT_YEARS;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records that somebody is a guardian no longer; a minor's last guardian goes only with a reason.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveGuardian {
    /// The person.
    pub child: ChildId,
    /// The guardian.
    pub guardian: GuardianId,
    /// Since when it is so.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Why, in words.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Act for RemoveGuardian {
    about_child!();

    fn act(&self, child: &Child, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let guardians = &child.profile.guardians;
        if !guardians.contains_key(&self.guardian) {
            return Err(Reason::UnknownGuardian.on("guardian"));
        }
        let day = self.occurred.day().unwrap_or(context.today);
        let age = child.profile.birth.age_years(day);
        let minor = age.is_none_or(|years| years < ADULT_YEARS);
        let reason = private(self.reason.as_deref());
        if minor && guardians.len() == 1 && reason.text().is_none() {
            return Err(Reason::LastGuardian.on("reason"));
        }
        let removed = GuardianRemoved {
            guardian: self.guardian,
            reason,
        };
        let event = ProfileEvent::GuardianRemoved(removed);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
