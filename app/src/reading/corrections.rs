//! Reads what was corrected, annulled, moved and taken back, newest first, each with the event that it is about.

use std::collections::HashMap;

use ledger_core::event::{CorrectionEvent, Recorded};
use ledger_core::id::{EventId, EventType, Position, Revision, StreamName};
use ledger_core::store::{Direction, EventStore, Filter, ReadAll, ReadStream, StoredEvent};
use ledger_projections::amendment::{Act, Amendment};

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;

/// A correction and its target.
pub struct Corrected {
    /// What was said, by whom and when; its explanation stays sealed.
    pub amendment: Amendment,
    /// The event about which it was said; none where a foreign correction names one of another stream.
    pub target: Option<StoredEvent>,
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
            found.push(Corrected { amendment, target });
        }
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok((found, None)),
        }
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
