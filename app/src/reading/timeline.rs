//! One person's timeline with its text; that it is opened is recorded first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger_commands::{Envelope, ExecuteError};
use ledger_core::event::AccessPurpose;
use ledger_core::history::History;
use ledger_core::id::{ChildId, CommandId, Position, StreamName};
use ledger_core::time::{Day, Timestamp};
use ledger_projections::timeline::{Timeline, TimelineOptions, linked_inquiries, merged_cases};
use ledger_projections::yearly_clock::YearlyClock;

use super::opened::{OpenedTimeline, Own};
use super::recent::{Others, Read, recent_opened};
use super::{number_of, settings_at};
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::lang::Lang;
use crate::render;
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
        return Err(not_yet(&read));
    }
    let looking = |purpose| Looking {
        open,
        envelope,
        purpose,
        as_at,
    };
    let cases = merged_cases(&history);
    let (cases, withheld_cases) = looking(purpose).opened(cases, StreamName::child).await?;
    let all = std::iter::once(&history).chain(&cases);
    let inquiries = all.flat_map(|history| linked_inquiries(history)).collect();
    // Whoever may take a person's record along may not take every inquiry: what was said in one is read with it.
    let of_inquiries = looking(AccessPurpose::Timeline);
    let (inquiries, withheld) = of_inquiries.opened(inquiries, StreamName::inquiry).await?;
    let options = TimelineOptions {
        as_of: clocks.as_of,
        as_at,
        today: clocks.today,
        yearly_clock: YearlyClock::of(&settings),
    };
    let seen = read.timeline(Others { inquiries, cases }, options)?;
    let numbers = numbers(open, &seen).await?;
    Ok(seen.seen_by(Own {
        withheld,
        withheld_cases,
        numbers,
    }))
}

/// That a person came into the ledger later, and when.
fn not_yet(read: &Read) -> Failure {
    let failure = Failure::refused(
        "UNKNOWN_PERSON",
        "その時点の台帳に、この対象者はまだいません。",
        "the ledger did not hold this person yet at that position",
    );
    match read.first() {
        Some(first) => hinted_at_first(failure, first),
        None => failure,
    }
}

/// A failure as nothing was recorded yet, with where and when something first was.
#[must_use]
pub fn hinted_at_first(failure: Failure, (position, at): (Position, Timestamp)) -> Failure {
    let day = at.day_in_japan();
    failure.hint(
        format!(
            "最初の記録は、{}に記録した位置 {position} です。その日か位置、またはそれより後を指定してください。",
            render::day(day, Lang::Ja)
        ),
        format!(
            "what was recorded first stands at position {position}, of {}; give that day or position, or a later one",
            render::day(day, Lang::En)
        ),
    )
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

/// Who looks, for what, and up to which position.
struct Looking<'a> {
    open: &'a OpenWithKeys,
    envelope: &'a Envelope,
    purpose: AccessPurpose,
    as_at: Option<Position>,
}

impl Looking<'_> {
    /// What of the person stands in other streams, each opened and so recorded as opened; and that which the actor may
    /// not open.
    async fn opened<Id: Copy + Ord>(
        &self,
        ids: BTreeSet<Id>,
        stream: impl Fn(Id) -> StreamName,
    ) -> Result<(Vec<Arc<History>>, BTreeSet<Id>), Failure> {
        let (mut opened, mut withheld) = (Vec::new(), BTreeSet::new());
        for id in ids {
            match self.one(&stream(id)).await? {
                Some(history) => opened.push(history),
                None => {
                    withheld.insert(id);
                },
            }
        }
        Ok((opened, withheld))
    }

    /// The history of a stream that is opened; none for whoever may not open it: who may open a person's record for a
    /// while may not open every inquiry.
    async fn one(&self, stream: &StreamName) -> Result<Option<Arc<History>>, Failure> {
        let looked = Envelope {
            command: CommandId::new(self.envelope.command.made(stream.as_str())),
            ..self.envelope.clone()
        };
        let ledger = &self.open.ledger;
        match ledger.record_access(stream, self.purpose, &looked).await {
            Ok(_) => {},
            Err(ExecuteError::Rejected(_)) => return Ok(None),
            Err(error) => return Err(execute_failure(&error)),
        }
        let read = recent_opened(self.open, stream).await?;
        read.at(self.as_at).map(Some)
    }
}
