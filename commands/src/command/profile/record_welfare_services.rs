//! Records the handbooks held and the welfare services in use, all of them.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::{Handbook, WelfareService};
use ledger_core::event::{Draft, ProfileEvent, WelfareServicesRecorded};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::list::distinct;
use crate::rule::person::{Act, about_child};
use crate::rule::text::private;
use crate::state::Child;

/// Records the handbooks held and the welfare services in use, all of them.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordWelfareServices {
    /// The person.
    pub child: ChildId,
    /// When it was so.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Handbooks held; none: holds none.
    #[serde(default)]
    pub handbooks: Vec<Handbook>,
    /// Welfare services in use; none: linked to no service.
    #[serde(default)]
    pub services: Vec<WelfareService>,
    /// More, in words.
    #[serde(default)]
    pub note: Option<String>,
}

impl Act for RecordWelfareServices {
    about_child!();

    fn act(&self, _child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProfileEvent::WelfareServices(WelfareServicesRecorded {
            handbooks: distinct(&self.handbooks),
            services: distinct(&self.services),
            note: private(self.note.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
