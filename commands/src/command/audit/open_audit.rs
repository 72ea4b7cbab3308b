//! Opens an audit of a range of the log.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AuditEvent, AuditOpened, Draft};
use ledger_core::id::{EngagementId, LedgerId, Position, StreamName};
use ledger_core::time::Occurred;

use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Audit;

/// Opens an audit of a range of the log.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAudit {
    /// The audit's new id.
    pub engagement: EngagementId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// First position in its scope, from 1.
    pub from_position: Position,
    /// Last position in its scope.
    pub to_position: Position,
    /// What it looks at, in words.
    #[serde(default)]
    pub scope: Option<String>,
}

impl Single for OpenAudit {
    type State = Audit;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::audit(self.engagement)
    }

    fn drafts(&self, audit: &Audit, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if audit.opened.is_some() {
            return Err(Reason::AlreadyRecorded.on("engagement"));
        }
        time::occurred(self.occurred, context, "occurred")?;
        if self.from_position == Position::default() {
            return Err(Reason::BadRange.on("from_position"));
        }
        if self.from_position > self.to_position {
            return Err(Reason::BadRange.on("to_position"));
        }
        let event = AuditEvent::Opened(AuditOpened {
            engagement: self.engagement,
            from_position: self.from_position,
            to_position: self.to_position,
            scope: private(self.scope.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
