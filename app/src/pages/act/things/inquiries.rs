//! The anonymous inquiries that can be linked to a person, and those that were linked to one.

use ledger_commands::state::{Folded, Inquiry, StreamState as _};
use ledger_core::event::{ConsultationEvent, ConsultationRecorded, Event};
use ledger_core::history::History;
use ledger_core::id::ChildId;
use ledger_core::time::Day;

use crate::fault::read_failure;
use crate::pages::fault::Refusal;
use crate::pages::language::{current, listed, t, term};
use crate::pages::site::Site;
use crate::reading::histories;
use crate::render;

/// The inquiries that are linked to nobody, or to this person; the newest first, each with what can be told of it
/// without its text.
pub(super) async fn of(
    site: &Site,
    linked_to: Option<ChildId>,
) -> Result<Vec<(String, String)>, Refusal> {
    let open = &site.open.open;
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let found = histories(open, "inquiry-", head.position).await?;
    let mut named: Vec<(String, String)> = found
        .iter()
        .filter_map(|(stream, history)| {
            let folded = Folded::of_history(stream, history);
            let inquiry = Inquiry::of(folded.state())?;
            let id = stream.as_str().split_once('-')?.1.to_owned();
            if inquiry.recorded.is_none() || inquiry.child != linked_to {
                return None;
            }
            Some((id, called(history)?))
        })
        .collect();
    named.reverse();
    Ok(named)
}

fn called(history: &History) -> Option<String> {
    let recorded = history.standing().find_map(|entry| {
        let Event::Consultation(ConsultationEvent::Recorded(it)) = entry.event() else {
            return None;
        };
        Some((it, entry))
    });
    let (consultation, entry) = recorded?;
    let day = entry
        .occurred()
        .day()
        .map(|day: Day| render::day(day, current()));
    let position = entry.recorded.position;
    let position = format!("{} #{position}", t("記録", "event"));
    let parts = [day, Some(told(consultation)), Some(position)].into_iter();
    Some(parts.flatten().collect::<Vec<_>>().join("　"))
}

/// Who asked, how and about what.
fn told(consultation: &ConsultationRecorded) -> String {
    let who = consultation.consulter.map(|it| term(it.code(), it.ja()));
    let how = consultation.channel.map(|it| term(it.code(), it.ja()));
    let topics = consultation.topics.iter();
    let topics: Vec<String> = topics.map(|it| term(it.code(), it.ja())).collect();
    let about = (!topics.is_empty()).then(|| listed(&topics));
    let parts = [who, how, about].into_iter().flatten();
    parts.collect::<Vec<_>>().join("　")
}
