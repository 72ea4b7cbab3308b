//! What is recorded of a meeting, each with the way to it and to take it back.

use ledger_commands::authorise::{Action, Subject};
use ledger_commands::stays_as_written;
use ledger_core::event::Event;
use ledger_core::id::{MeetingId, Position, StreamName};
use serde::Deserialize;

use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::language::{current, t};
use super::super::site::Site;
use crate::reading::recent;
use crate::render;

/// A record of a meeting.
pub(super) struct Line {
    pub(super) position: Position,
    pub(super) title: &'static str,
    /// When it occurred.
    pub(super) on: String,
    /// Where it is shown as it was recorded, for who reads events.
    pub(super) path: Option<String>,
    /// Whether it was annulled.
    pub(super) is_annulled: bool,
    /// Where it is annulled, or that is taken back, for who may.
    pub(super) amend: Option<String>,
    /// What the way there is called.
    pub(super) words: &'static str,
}

/// What else a meeting's page is asked for.
#[derive(Deserialize)]
pub(super) struct Told {
    /// Not empty where something was recorded just now.
    #[serde(default)]
    pub(super) recorded: String,
    /// The position of a meeting's notice that was annulled just now.
    #[serde(default)]
    pub(super) annulled: Option<u64>,
}

/// The records of a meeting in their order, those that were annulled among them; nothing sealed is opened.
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
        .entries()
        .iter()
        .filter(|entry| !matches!(entry.event(), Event::Correction(_)));
    let lines = own.map(|entry| {
        let position = entry.recorded.position;
        let can_be = amends && !stays_as_written(entry.event());
        Line {
            position,
            title: render::event_title(entry.event().info().name, current()),
            on: render::occurred(entry.occurred(), None, current()),
            is_annulled: !entry.stands(),
            path: reads.then(|| format!("/events/{position}")),
            amend: can_be.then(|| format!("/events/{position}/amend")),
            words: words(entry.stands(), reads),
        }
    });
    Ok(lines.collect())
}

/// What can be done about a record: whoever reads no events only annuls.
fn words(stands: bool, reads: bool) -> &'static str {
    match (stands, reads) {
        (true, true) => t("訂正・取消しをする", "Correct or annul it"),
        (true, false) => t("取り消す", "Annul it"),
        (false, _) => t("取消しを撤回する", "Reverse the annulment"),
    }
}

/// Where a meeting is shown, of whose stream the name is; none of another stream.
pub(in crate::pages) fn page_of(stream: &StreamName) -> Option<String> {
    let (category, meeting) = stream.as_str().split_once('-')?;
    (category == "committee").then(|| format!("/committee/meetings/{meeting}"))
}
