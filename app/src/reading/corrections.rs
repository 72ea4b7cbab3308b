//! Reads what was corrected, annulled, moved and taken back, newest first, each with the event that it is about.

use std::collections::HashMap;

use ledger_core::actor::Actor;
use ledger_core::event::{CorrectionEvent, Event, EventCorrected, Recorded};
use ledger_core::id::{EventId, EventType, Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, Filter, ReadAll, ReadStream, StoredEvent};
use ledger_core::time::Occurred;
use ledger_projections::amendment::{Act, Amendment};
use serde_json::{Map, Value};

use super::command::{approver, with_the_same_command};
use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

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

/// So many corrections from a position back, of one act where one is named, and from where more follow.
///
/// # Errors
/// [`Failure`] when the store fails or a correction cannot be understood.
pub async fn corrections(
    store: &dyn EventStore,
    act: Option<Act>,
    from: Option<Position>,
    limit: usize,
) -> Result<(Vec<Corrected>, Option<u64>), Failure> {
    let mut read = ReadAll {
        from,
        direction: Direction::Backwards,
        limit,
        filter: Filter::of_types(types()),
        as_at: None,
    };
    let (mut found, mut targets) = (Vec::new(), Targets::default());
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
            let Some((target, amendment)) = Amendment::of(&recorded) else {
                continue;
            };
            if act.is_some_and(|act| act != amendment.act) {
                continue;
            }
            if found.len() >= limit {
                return Ok((found, Some(stored.position.get())));
            }
            let target = targets.find(store, stored, target).await?;
            let together = with_the_same_command(store, stored).await?;
            let moved = amendment.moved_to_event;
            let moved = together.iter().find(|one| moved == Some(one.id));
            found.push(Corrected {
                contents: targets.contents(&recorded, target.as_ref())?,
                moved_to: moved.map(|one| one.position),
                approver: approver(store, &together).await?,
                amendment,
                target,
            });
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok((found, None)),
        }
    }
}

/// Corrections that are read at once of all.
const AT_ONCE: usize = 1_000;

/// Every correction, or every one of an act, the newest first.
///
/// # Errors
/// [`Failure`] when the store fails or a correction cannot be understood.
pub async fn all_corrections(
    store: &dyn EventStore,
    act: Option<Act>,
) -> Result<Vec<Corrected>, Failure> {
    let (mut all, mut from) = (Vec::new(), None);
    loop {
        let (found, next) = corrections(store, act, from, AT_ONCE).await?;
        all.extend(found);
        let Some(next) = next else {
            return Ok(all);
        };
        from = Some(Position::new(next));
    }
}

fn types() -> impl Iterator<Item = EventType> {
    let names = CorrectionEvent::TYPES.iter();
    names.filter_map(|info| EventType::new(info.name).ok())
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
