//! One person's timeline with its text; that it is opened is recorded first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger_commands::{Envelope, ExecuteError};
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::{ChildId, CommandId, InquiryId, Position, StreamName};
use ledger_core::time::Day;
use ledger_projections::timeline::{Timeline, TimelineOptions, linked_inquiries};
use ledger_projections::yearly_clock::YearlyClock;

use super::opened::{OpenedTimeline, Own};
use super::recent::recent_opened;
use super::{number_of, settings_at};
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::wiring::OpenWithKeys;

/// Through which clocks a timeline is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// Only what had occurred by the end of this day.
    pub as_of: Option<Day>,
    /// Only what was recorded up to this position.
    pub as_at: Option<Position>,
    /// The day on which due dates are judged.
    pub today: Day,
}

/// A person's timeline, recorded as opened by whom the envelope names.
///
/// # Errors
/// [`Failure`] when the opening cannot be recorded, and then nothing is read; when the log or a key
/// fails; when the ledger did not hold the person at that position.
pub async fn opened_timeline(
    open: &OpenWithKeys,
    envelope: &Envelope,
    child: ChildId,
    clocks: Clocks,
) -> Result<OpenedTimeline, Failure> {
    opened_timeline_for(open, envelope, child, (clocks, AccessPurpose::Timeline)).await
}

/// The same, opened for this purpose.
///
/// # Errors
/// Those of [`opened_timeline`].
pub async fn opened_timeline_for(
    open: &OpenWithKeys,
    envelope: &Envelope,
    child: ChildId,
    (clocks, purpose): (Clocks, AccessPurpose),
) -> Result<OpenedTimeline, Failure> {
    let stream = StreamName::child(child);
    let looked = open.ledger.record_access(&stream, purpose, envelope).await;
    looked.map_err(|error| execute_failure(&error))?;
    let as_at = clocks.as_at;
    let settings = settings_at(&open.open, as_at).await?;
    let read = recent_opened(open, &stream).await?;
    let history = read.at(as_at)?;
    if history.entries().is_empty() {
        return Err(Failure::refused(
            "UNKNOWN_PERSON",
            "その時点の台帳に、この対象者はまだいません。",
            "the ledger did not hold this person yet at that position",
        ));
    }
    let (inquiries, withheld) = inquiries(open, envelope, &history, as_at).await?;
    let options = TimelineOptions {
        as_of: clocks.as_of,
        as_at,
        today: clocks.today,
        yearly_clock: YearlyClock::of(&settings),
    };
    let seen = read.timeline(inquiries, options)?;
    let numbers = numbers(open, &seen).await?;
    Ok(seen.seen_by(Own { withheld, numbers }))
}

/// The register numbers of other persons whom it names, by their ids.
async fn numbers(
    open: &OpenWithKeys,
    timeline: &Timeline,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut numbers = BTreeMap::new();
    for other in timeline.others() {
        if let Some(number) = number_of(open.open.store.as_ref(), other).await? {
            numbers.insert(other.to_string(), number);
        }
    }
    Ok(numbers)
}

/// The inquiries that are the person's, each opened and so recorded as opened; and those that the actor may
/// not open.
async fn inquiries(
    open: &OpenWithKeys,
    envelope: &Envelope,
    history: &History,
    as_at: Option<Position>,
) -> Result<(Vec<Arc<History>>, BTreeSet<InquiryId>), Failure> {
    let (mut inquiries, mut withheld) = (Vec::new(), BTreeSet::new());
    for inquiry in linked_inquiries(history) {
        let stream = StreamName::inquiry(inquiry);
        let looked = Envelope {
            command: CommandId::new(envelope.command.made(stream.as_str())),
            ..envelope.clone()
        };
        let looked = open
            .ledger
            .record_access(&stream, AccessPurpose::Timeline, &looked)
            .await;
        match looked {
            Ok(_) => {},
            // Who may open a person's record for a while may not open every inquiry.
            Err(ExecuteError::Rejected(_)) => {
                withheld.insert(inquiry);
                continue;
            },
            Err(error) => return Err(execute_failure(&error)),
        }
        inquiries.push(recent_opened(open, &stream).await?.at(as_at)?);
    }
    Ok((inquiries, withheld))
}
