//! Reads what was corrected, annulled, moved and taken back, newest first, each with the event that it is about.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use ledger_core::actor::Actor;
use ledger_core::event::{CorrectionEvent, Event, EventCorrected, Recorded};
use ledger_core::id::{EventId, Position, Revision, StreamName};
use ledger_core::store::{EventStore, ReadAll, ReadStream, StoredEvent};
use ledger_core::time::Occurred;
use ledger_projections::amendment::{Act, Amendment};
use serde_json::{Map, Value};

use super::command::{approver, with_the_same_command};
use super::{of_types, unreadable};
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// A correction and its target.
pub struct Corrected {
    /// What was said, by whom and when; its explanation stays sealed.
    pub amendment: Amendment,
    /// The event about which it was said; none where a foreign correction names one of another stream.
    pub target: Option<StoredEvent>,
    /// What the event said before and says by it; none where it has no other content by it.
    pub contents: Option<Contents>,
    /// Where the event stands now that was moved.
    pub moved_to: Option<Position>,
    /// Who approved it, where a second person did.
    pub approver: Option<Actor>,
}

/// What an event said before a correction, and what it says by it.
pub struct Contents {
    /// The clear fields before.
    pub before: Map<String, Value>,
    /// The clear fields by it.
    pub after: Map<String, Value>,
    /// When it occurred, before and by it, where that changes.
    pub occurred: Option<(Occurred, Occurred)>,
    /// There is personal text, which stays closed on both sides.
    pub is_sealed: bool,
}

/// So many corrections between two positions, the newest first, of one act where one is named, and from where more follow.
///
/// # Errors
/// [`Failure`] when the log cannot be read or a correction cannot be understood.
pub async fn corrections(
    open: &OpenLedger,
    act: Option<Act>,
    within: &RangeInclusive<Position>,
    limit: usize,
) -> Result<(Vec<Corrected>, Option<u64>), Failure> {
    let positions = positions(open, act).await?;
    let newest_first = positions.iter().rev().copied();
    let mut wanted = newest_first.filter(|at| within.contains(at));
    let shown: Vec<Position> = wanted.by_ref().take(limit).collect();
    let next = wanted.next().map(Position::get);
    let (mut found, mut targets) = (Vec::new(), Targets::default());
    for position in shown {
        found.extend(at(open.store.as_ref(), position, &mut targets).await?);
    }
    Ok((found, next))
}

/// Every correction between two positions, or every one of an act, the newest first.
///
/// # Errors
/// As [`corrections`].
pub async fn all_corrections(
    open: &OpenLedger,
    act: Option<Act>,
    within: &RangeInclusive<Position>,
) -> Result<Vec<Corrected>, Failure> {
    let (all, _) = corrections(open, act, within, usize::MAX).await?;
    Ok(all)
}

/// Where corrections stand, or those of an act, the oldest first.
async fn positions(open: &OpenLedger, act: Option<Act>) -> Result<Vec<Position>, Failure> {
    let head = open.store.head().await;
    let head = head.map_err(|error| read_failure(&error))?;
    let types = CorrectionEvent::TYPES.iter().map(|info| info.name);
    let events = of_types(open, &types.collect::<Vec<_>>(), head.position).await?;
    let own = events.iter().filter(|recorded| {
        let said = Amendment::of(recorded);
        said.is_some_and(|(_, said)| act.is_none_or(|act| act == said.act))
    });
    Ok(own.map(|recorded| recorded.position).collect())
}

/// The correction at a position.
async fn at(
    store: &dyn EventStore,
    position: Position,
    targets: &mut Targets,
) -> Result<Option<Corrected>, Failure> {
    let page = store.read_all(&ReadAll::one(position)).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let Some(stored) = page.events.first() else {
        return Ok(None);
    };
    let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
    let Some((target, amendment)) = Amendment::of(&recorded) else {
        return Ok(None);
    };
    let target = targets.find(store, stored, target).await?;
    let together = with_the_same_command(store, stored).await?;
    let moved = amendment.moved_to_event;
    let moved = together.iter().find(|one| moved == Some(one.id));
    Ok(Some(Corrected {
        contents: targets.contents(&recorded, target.as_ref())?,
        moved_to: moved.map(|one| one.position),
        approver: approver(store, &together).await?,
        amendment,
        target,
    }))
}

/// The events of the streams in which corrections stand.
#[derive(Default)]
struct Targets(HashMap<StreamName, HashMap<EventId, StoredEvent>>);

impl Targets {
    async fn find(
        &mut self,
        store: &dyn EventStore,
        by: &StoredEvent,
        target: EventId,
    ) -> Result<Option<StoredEvent>, Failure> {
        if !self.0.contains_key(&by.stream) {
            let events = whole(store, &by.stream).await?;
            self.0.insert(by.stream.clone(), events);
        }
        let events = self.0.get(&by.stream);
        Ok(events.and_then(|events| events.get(&target)).cloned())
    }

    /// What an event said before a correction of it and says by it.
    fn contents(
        &self,
        by: &Recorded,
        target: Option<&StoredEvent>,
    ) -> Result<Option<Contents>, Failure> {
        let (Some(after), Some(target)) = (content(by), target) else {
            return Ok(None);
        };
        let events = self.0.get(&by.stream).into_iter().flatten();
        let mut earlier = Vec::new();
        for (_, stored) in events.filter(|(_, one)| one.position < by.position) {
            if is_correction(stored) {
                let read = Recorded::read(stored).map_err(|error| unreadable(&error))?;
                earlier.push(read);
            }
        }
        let mut earlier: Vec<(Position, &EventCorrected)> = earlier
            .iter()
            .filter_map(|one| Some((one.position, content(one)?)))
            .filter(|(_, one)| one.target == target.id)
            .collect();
        earlier.sort_by_key(|(position, _)| *position);
        let before = match earlier.last() {
            Some((_, last)) => last.payload.clone(),
            None => serde_json::from_slice(&target.data).map_err(|error| unreadable(&error))?,
        };
        let first = Recorded::read(target).map_err(|error| unreadable(&error))?;
        let stated = earlier.iter().rev().find_map(|(_, one)| one.occurred);
        let occurred = stated.unwrap_or(first.metadata.occurred);
        let moved = after.occurred.filter(|now| *now != occurred);
        Ok(Some(Contents {
            before,
            after: after.payload.clone(),
            occurred: moved.map(|now| (occurred, now)),
            is_sealed: target.sealed.is_some() || target.sealed_sha256.is_some(),
        }))
    }
}

/// The whole new content of an event that is corrected.
const fn content(by: &Recorded) -> Option<&EventCorrected> {
    if let Event::Correction(
        CorrectionEvent::Corrected(it) | CorrectionEvent::IdentityCorrected(it),
    ) = &by.event
    {
        Some(it)
    } else {
        None
    }
}

fn is_correction(stored: &StoredEvent) -> bool {
    let mut types = CorrectionEvent::TYPES.iter();
    types.any(|info| info.name == stored.event_type.as_str())
}

async fn whole(
    store: &dyn EventStore,
    stream: &StreamName,
) -> Result<HashMap<EventId, StoredEvent>, Failure> {
    let (mut events, mut read) = (HashMap::new(), ReadStream::whole(stream.clone()));
    loop {
        let page = store.read_stream(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        events.extend(page.events.iter().map(|stored| (stored.id, stored.clone())));
        match page.next {
            Some(next) => read.from = Some(Revision::new(next)),
            None => return Ok(events),
        }
    }
}
