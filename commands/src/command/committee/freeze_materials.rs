//! Freezes the figures for a meeting at a position, once and before it is held (資料の確定).

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{CommitteeEvent, Draft, MaterialsFrozen};
use ledger_core::id::{LedgerId, MeetingId, Position, StreamName};
use ledger_core::time::{Day, FiscalYear, Occurred};

use super::follows;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::hash::hash;
use crate::state::Meeting;

/// Freezes the figures for a meeting at a position, once and before it is held (資料の確定).
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FreezeMaterials {
    /// The meeting.
    pub meeting: MeetingId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The year that they show.
    pub fiscal_year: FiscalYear,
    /// The day on which persons and plans are counted.
    pub on_day: Day,
    /// The position at which they stand.
    pub as_at: Position,
    /// The head of the log that the author sees; the position does not lie beyond it.
    pub head: Position,
    /// SHA-256, hex, over the figures as RFC 8785 JSON.
    pub digest: String,
}

impl Single for FreezeMaterials {
    type State = Meeting;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::committee(self.meeting)
    }

    fn drafts(&self, meeting: &Meeting, context: &Context) -> Result<Vec<Draft>, Rejection> {
        follows(meeting, self.occurred, context)?;
        if meeting.frozen.is_some() {
            return Err(Reason::AlreadyRecorded.on("meeting"));
        }
        if meeting.held.is_some() {
            return Err(Reason::MeetingHeld.on("meeting"));
        }
        if self.as_at > self.head {
            return Err(Reason::PositionAhead.on("as_at"));
        }
        let event = CommitteeEvent::MaterialsFrozen(MaterialsFrozen {
            meeting: self.meeting,
            fiscal_year: self.fiscal_year,
            on_day: self.on_day,
            as_at: self.as_at,
            digest: hash(&self.digest, "digest")?,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
