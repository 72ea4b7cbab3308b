//! Records that a concurrent post got in the way of the centre's work (兼務の支障).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{ConcurrentConflict, Draft, ProgrammeEvent};
use ledger_core::id::{LedgerId, PostId, StreamName};
use ledger_core::time::Occurred;

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::private;
use crate::state::Programme;

/// Records that a concurrent post got in the way of the centre's work (兼務の支障).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteConcurrentConflict {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The post.
    pub post: PostId,
    /// What happened.
    pub note: String,
}

impl Single for NoteConcurrentConflict {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::ConcurrentConflict(ConcurrentConflict {
            post: self.post,
            note: private(Some(&self.note)),
        });
        set(programme, event, self.occurred, context)
    }
}
