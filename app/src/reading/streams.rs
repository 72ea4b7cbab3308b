//! Reads every stream of a kind without its personal text; a program that goes on running holds them in memory
//! and reads of the log only what came since.

use std::collections::HashMap;
use std::sync::Arc;

use futures::lock::Mutex;
use ledger_core::event::Recorded;
use ledger_core::history::History;
use ledger_core::id::{EventType, Position, StreamName};
use ledger_core::store::{EventStore, Filter, ReadAll, StoredEvent};

use super::unreadable;
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::wiring::OpenLedger;

/// Streams with their histories, in the order of their first events.
pub type Streams = Arc<Vec<(StreamName, Arc<History>)>>;

/// What a program that goes on running was asked for, by which events of the log. These are kinds of which there
/// are few: never those of persons.
#[derive(Default)]
pub(super) struct HeldStreams(Mutex<Vec<(Filter, Arc<Mutex<Held>>)>>);

/// The streams of a kind up to a position.
#[derive(Default)]
struct Held {
    /// Every event of theirs up to here was taken in.
    at: Position,
    /// Where their newest event stands.
    newest: Position,
    streams: Streams,
    places: HashMap<StreamName, usize>,
}

/// Reads the streams whose names begin so, as they stood at a position and with personal text closed,
/// in the order of their first events.
///
/// The place of a stream among them never changes, as the log only grows.
///
/// # Errors
/// [`Failure`] when the store fails or an event cannot be understood.
pub async fn histories(
    open: &OpenLedger,
    prefix: &str,
    as_at: Position,
) -> Result<Streams, Failure> {
    read(open, Filter::of_streams(prefix), as_at).await
}

/// Reads the events of some types alone, oldest first.
///
/// # Errors
/// As [`histories`].
pub async fn of_types(
    open: &OpenLedger,
    types: &[&str],
    as_at: Position,
) -> Result<Vec<Recorded>, Failure> {
    let types = types.iter().filter_map(|name| EventType::new(*name).ok());
    let streams = read(open, Filter::of_types(types), as_at).await?;
    let entries = streams.iter().flat_map(|(_, history)| history.entries());
    let mut events: Vec<Recorded> = entries.map(|entry| entry.recorded.clone()).collect();
    events.sort_by_key(|recorded| recorded.position);
    Ok(events)
}

async fn read(open: &OpenLedger, filter: Filter, as_at: Position) -> Result<Streams, Failure> {
    let slot = match &open.held {
        Some(held) => held.streams.slot(&filter).await,
        None => Arc::default(),
    };
    let mut held = slot.lock().await;
    held.bring_forward(open.store.as_ref(), &filter, as_at)
        .await?;
    held.until(as_at)
}

impl HeldStreams {
    async fn slot(&self, filter: &Filter) -> Arc<Mutex<Held>> {
        let mut slots = self.0.lock().await;
        if let Some((_, known)) = slots.iter().find(|(known, _)| known == filter) {
            return Arc::clone(known);
        }
        let new = Arc::default();
        slots.push((filter.clone(), Arc::clone(&new)));
        new
    }
}

impl Held {
    async fn bring_forward(
        &mut self,
        store: &dyn EventStore,
        filter: &Filter,
        to: Position,
    ) -> Result<(), Failure> {
        while self.at < to {
            let read = ReadAll {
                filter: filter.clone(),
                as_at: Some(to),
                ..ReadAll::after(self.at)
            };
            let page = store.read_all(&read).await;
            let page = page.map_err(|error| read_failure(&error))?;
            for stored in page.events.iter() {
                self.take_in(stored)?;
            }
            // Everything before the next page was looked through.
            let next = page.next.map(|next| next.saturating_sub(1));
            self.at = next.map_or(to, Position::new);
        }
        Ok(())
    }

    /// Adds an event to its stream; one that cannot be understood is met again at the next reading.
    fn take_in(&mut self, stored: &StoredEvent) -> Result<(), Failure> {
        let recorded = Recorded::read(stored).map_err(|error| unreadable(&error))?;
        let streams = Arc::make_mut(&mut self.streams);
        let place = self.places.entry(recorded.stream.clone());
        let place = *place.or_insert_with(|| {
            streams.push((recorded.stream.clone(), Arc::default()));
            streams.len().saturating_sub(1)
        });
        if let Some((_, history)) = streams.get_mut(place) {
            let pushed = Arc::make_mut(history).push(recorded);
            pushed.map_err(|error| unreadable(&error))?;
        }
        (self.at, self.newest) = (stored.position, stored.position);
        Ok(())
    }

    /// The streams as they stood at a position up to which events were taken in.
    fn until(&self, as_at: Position) -> Result<Streams, Failure> {
        if self.newest <= as_at {
            return Ok(Arc::clone(&self.streams));
        }
        let mut stood = Vec::new();
        for (stream, history) in self.streams.iter() {
            let then = history.until(as_at);
            let then = then.map_err(|error| unreadable(&error))?;
            if !then.entries().is_empty() {
                stood.push((stream.clone(), Arc::new(then)));
            }
        }
        Ok(Arc::new(stood))
    }
}
