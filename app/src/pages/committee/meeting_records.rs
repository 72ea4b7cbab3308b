//! What is recorded of a meeting, each with the way to it and to take it back.

use ledger_commands::authorise::{Action, Subject};
use ledger_commands::stays_as_written;
use ledger_core::event::Event;
use ledger_core::id::{MeetingId, Position, StreamName};
use serde::Deserialize;

use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::language::current;
use super::super::site::Site;
use crate::reading::recent;
use crate::render;

/// A record of a meeting that stands.
pub(super) struct Line {
    pub(super) position: Position,
    pub(super) title: &'static str,
    /// When it occurred.
    pub(super) on: String,
    /// Where it is shown as it was recorded, for who reads events.
    pub(super) path: Option<String>,
    /// Where it is corrected or annulled, for who may.
    pub(super) amend: Option<String>,
}

/// What else a meeting's page is asked for.
#[derive(Deserialize)]
pub(super) struct Told {
    /// Not empty where something was recorded just now.
    #[serde(default)]
    pub(super) recorded: String,
}

/// The records of a meeting that stand, in their order; nothing sealed is opened.
pub(super) async fn lines(
    site: &Site,
    signed_in: &SignedIn,
    meeting: MeetingId,
) -> Result<Vec<Line>, Refusal> {
    let stream = StreamName::committee(meeting);
    let reads = signed_in.may(Action::ReadEvents, Subject::Ledger).is_ok();
    let amends = signed_in.may(Action::Correct, Subject::of(&stream)).is_ok();
    let read = recent(&site.open.open, &stream).await?;
    let history = read.at(None)?;
    let own = history
        .standing()
        .filter(|entry| !matches!(entry.event(), Event::Correction(_)));
    let lines = own.map(|entry| {
        let position = entry.recorded.position;
        let can_be = amends && !stays_as_written(entry.event());
        Line {
            position,
            title: render::event_title(entry.event().info().name, current()),
            on: render::occurred(entry.occurred(), None, current()),
            path: reads.then(|| format!("/events/{position}")),
            amend: can_be.then(|| format!("/events/{position}/amend")),
        }
    });
    Ok(lines.collect())
}

/// Where it is told that something was recorded of a meeting; none of another stream.
pub(in crate::pages) fn told_at(stream: &StreamName) -> Option<String> {
    let (category, meeting) = stream.as_str().split_once('-')?;
    (category == "committee").then(|| format!("/committee/meetings/{meeting}?recorded=1"))
}
