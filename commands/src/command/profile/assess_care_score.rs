//! Records the medical-care score (医療的ケアスコア) that a doctor assessed.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CareScoreAssessed, Draft, ProfileEvent};
use ledger_core::id::ChildId;
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::Context;
use crate::rejection::Rejection;
use crate::rule::content;
use crate::rule::person::{Act, about_child};
use crate::rule::text::{given, private};
use crate::state::Child;

/// Records the medical-care score (医療的ケアスコア) that a doctor assessed.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessCareScore {
    /// The person.
    pub child: ChildId,
    /// When it was assessed.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The sum of points, at most 200.
    pub score: u32,
    /// Version of the form, such as `2021`.
    pub form_version: String,
    /// Who assessed it.
    #[serde(default)]
    pub assessor: Option<String>,
}

impl Act for AssessCareScore {
    about_child!();

    fn act(&self, _child: &Child, _context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProfileEvent::CareScore(CareScoreAssessed {
            score: self.score,
            form_version: given(Some(&self.form_version)).unwrap_or_default(),
            assessor: private(self.assessor.as_deref()),
        });
        let draft = Draft::new(event, self.occurred);
        content::check(&draft.event)?;
        Ok(vec![draft])
    }
}
