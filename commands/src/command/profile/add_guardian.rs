//! Records a guardian or contact of a person.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, GuardianDetail, ProfileEvent};
use ledger_core::id::{ChildId, GuardianId};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records a guardian or contact of a person.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddGuardian {
    /// The person.
    pub child: ChildId,
    /// The guardian's new id.
    pub guardian: GuardianId,
    /// Since when it is so.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// A contact of an adult rather than a guardian.
    #[serde(default)]
    pub contact_only: bool,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// Relation to the person.
    #[serde(default)]
    pub relation: Option<String>,
    /// Telephone, mail or address.
    #[serde(default)]
    pub contact: Option<String>,
}

impl Act for AddGuardian {
    about_child!();

    fn act(&self, child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = child.profile.guardians.contains_key(&self.guardian);
        if known {
            return Err(Reason::AlreadyRecorded.on("guardian"));
        }
        let detail = GuardianDetail {
            guardian: self.guardian,
            contact_only: self.contact_only,
            name: private(self.name.as_deref()),
            relation: private(self.relation.as_deref()),
            contact: private(self.contact.as_deref()),
        };
        if detail.name.text().is_none() && detail.relation.text().is_none() {
            return Err(Reason::MissingValue.on("name"));
        }
        let event = ProfileEvent::GuardianAdded(detail);
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
