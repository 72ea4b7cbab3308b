//! Freezes the figures for a meeting at a position, once and before it is held (資料の確定).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use ledger_core::actor::Role;
use ledger_core::event::{CommitteeEvent, Draft, MaterialsFrozen};
use ledger_core::id::{LedgerId, MeetingId, Position, StreamName};
use ledger_core::proof::Hash;
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
    /// The figures, as `pack` makes them.
    pub figures: Map<String, Value>,
    /// SHA-256, hex, over the figures as RFC 8785 JSON, where it is known and to be compared.
    #[serde(default)]
    pub digest: Option<String>,
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
        self.as_it_stands(context)?;
        let (figures, digest) = self.figures()?;
        let event = CommitteeEvent::MaterialsFrozen(MaterialsFrozen {
            meeting: self.meeting,
            fiscal_year: self.fiscal_year,
            on_day: self.on_day,
            as_at: self.as_at,
            digest,
            figures: Some(figures),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

impl FreezeMaterials {
    /// The committee's account chooses no day and no position of its own: two of them that follow each other would tell
    /// what was recorded in between, and so of whom (decision record 10).
    fn as_it_stands(&self, context: &Context) -> Result<(), Rejection> {
        if context.role != Role::Committee {
            return Ok(());
        }
        if self.as_at != self.head {
            return Err(Reason::NotAsItStands.on("as_at"));
        }
        let last_day = self.fiscal_year.last_day();
        let days = [
            Some(context.today),
            Some(last_day).filter(|day| *day <= context.today),
        ];
        if !days.contains(&Some(self.on_day)) {
            return Err(Reason::NotAsItStands.on("on_day"));
        }
        Ok(())
    }

    /// The figures in the form in which they are frozen, and their digest; they are those of the year,
    /// the day and the position that the command names.
    fn figures(&self) -> Result<(String, String), Rejection> {
        let differ = |field| Reason::FiguresDiffer.on(field);
        let named = [
            ("fiscal_year", json!(self.fiscal_year)),
            ("day", json!(self.on_day)),
            ("as_at", json!(self.as_at)),
        ];
        let says = |(field, named): &(&str, Value)| self.figures.get(*field) == Some(named);
        if !named.iter().all(says) {
            return Err(differ("figures"));
        }
        let bytes = ledger_core::json::canonical(&self.figures).map_err(|_| differ("figures"))?;
        let digest = Hash::of(&bytes).to_string();
        if let Some(known) = &self.digest
            && hash(known, "digest")? != digest
        {
            return Err(differ("digest"));
        }
        let figures = String::from_utf8(bytes).map_err(|_| differ("figures"))?;
        Ok((figures, digest))
    }
}
