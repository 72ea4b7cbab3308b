//! Ends a post of the centre.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{Draft, ProgrammeEvent, StaffPostEnded};
use ledger_core::id::{LedgerId, PostId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Programme;

/// Ends a post of the centre.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndStaffPost {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The post.
    pub post: PostId,
    /// Its last day.
    pub ends_on: Day,
}

impl Single for EndStaffPost {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::StaffPostEnded(StaffPostEnded {
            post: self.post,
            until: self.ends_on,
        });
        set(programme, event, self.occurred, context)
    }
}
