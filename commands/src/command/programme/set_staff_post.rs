//! Sets a post of the centre, in full-time equivalents.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::code::PostKind;
use ledger_core::event::{Draft, ProgrammeEvent, StaffPostSet};
use ledger_core::id::{LedgerId, PostId, StreamName};
use ledger_core::time::{Day, Occurred};

use super::set;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::rule::text::given;
use crate::state::Programme;

/// Sets a post of the centre, in full-time equivalents.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStaffPost {
    /// When it was settled.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The post's new id, or that of the post that changes.
    pub post: PostId,
    /// What kind.
    pub kind: PostKind,
    /// Full-time equivalent, in hundredths, at most 200; none where none is named.
    #[serde(default)]
    pub fte_hundredths: Option<u32>,
    /// The post in the words of the plan.
    #[serde(default)]
    pub words: Option<String>,
    /// Held together with a post elsewhere (兼務).
    #[serde(default)]
    pub concurrent: bool,
    /// Most of a full-time post that may be spent elsewhere, in hundredths.
    #[serde(default)]
    pub concurrent_hundredths: Option<u32>,
    /// First day.
    pub starts_on: Day,
    /// Last day, where it is set.
    #[serde(default)]
    pub ends_on: Option<Day>,
}

impl Single for SetStaffPost {
    type State = Programme;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::programme()
    }

    fn drafts(&self, programme: &Programme, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let event = ProgrammeEvent::StaffPostSet(StaffPostSet {
            post: self.post,
            kind: self.kind,
            fte_hundredths: self.fte_hundredths,
            words_ja: given(self.words.as_deref()),
            concurrent: self.concurrent,
            concurrent_hundredths: self.concurrent_hundredths,
            from: self.starts_on,
            until: self.ends_on,
        });
        set(programme, event, self.occurred, context)
    }
}
