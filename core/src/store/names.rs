//! The names behind the numbers of streams and event types, remembered so that no read joins for them.
//!
//! Both tables are append-only, so what is remembered stays true for as long as the engine is the same.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::StoredEvent;
use super::coded::CodedEvent;
use super::read::ReadError;
use super::writer::engine::RowId;
use crate::id::{EventType, StreamName};

/// Most streams remembered; of the longest names 16 MiB.
const STREAMS_MAX: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();
/// Most event types remembered.
const TYPES_MAX: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// What one store's readers remember.
pub(crate) struct Names(Mutex<Remembered>);

struct Remembered {
    streams: LruCache<RowId, StreamName>,
    ids: LruCache<StreamName, RowId>,
    types: LruCache<RowId, EventType>,
}

/// Numbers whose names are not remembered.
#[derive(Default)]
pub(crate) struct Missing {
    pub(crate) streams: Vec<RowId>,
    pub(crate) types: Vec<RowId>,
}

/// The names of a page.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) streams: HashMap<RowId, StreamName>,
    pub(crate) types: HashMap<RowId, EventType>,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Remembered {
            streams: LruCache::new(STREAMS_MAX),
            ids: LruCache::new(STREAMS_MAX),
            types: LruCache::new(TYPES_MAX),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a stream, if it is remembered.
    pub(crate) fn id(&self, name: &StreamName) -> Option<RowId> {
        self.lock().ids.get(name).copied()
    }

    /// Remembers a stream that was looked up by its name.
    pub(crate) fn remember(&self, name: &StreamName, id: RowId) {
        let mut remembered = self.lock();
        remembered.ids.put(name.clone(), id);
        remembered.streams.put(id, name.clone());
    }

    /// Forgets everything: behind a new connection there may be another server with a shorter log.
    pub(crate) fn forget(&self) {
        let mut remembered = self.lock();
        remembered.streams.clear();
        remembered.ids.clear();
        remembered.types.clear();
    }

    /// The names of a page that are remembered, and the numbers for which the engine has to be asked.
    pub(crate) fn look(&self, events: &[CodedEvent]) -> (Found, Missing) {
        let (mut found, mut missing) = (Found::default(), Missing::default());
        let mut remembered = self.lock();
        // Neighbours are often of one stream.
        let (mut last_stream, mut last_type) = (None, None);
        for event in events {
            let (stream, event_type) = (event.stream_id, event.type_id);
            if last_stream.replace(stream) != Some(stream) {
                match remembered.streams.get(&stream) {
                    Some(name) => drop(found.streams.insert(stream, name.clone())),
                    None => missing.streams.push(stream),
                }
            }
            if last_type.replace(event_type) != Some(event_type) {
                match remembered.types.get(&event_type) {
                    Some(name) => drop(found.types.insert(event_type, name.clone())),
                    None => missing.types.push(event_type),
                }
            }
        }
        for ids in [&mut missing.streams, &mut missing.types] {
            ids.sort_unstable();
            ids.dedup();
        }
        (found, missing)
    }

    /// Remembers the names that the engine was asked for.
    pub(crate) fn remember_found(&self, missing: &Missing, found: &Found) {
        let mut remembered = self.lock();
        for id in &missing.streams {
            if let Some(name) = found.streams.get(id) {
                remembered.streams.put(*id, name.clone());
            }
        }
        for id in &missing.types {
            if let Some(name) = found.types.get(id) {
                remembered.types.put(*id, name.clone());
            }
        }
    }
}

impl Found {
    /// Gives the events of the page their names.
    pub(crate) fn give(&self, events: Vec<CodedEvent>) -> Result<Arc<[StoredEvent]>, ReadError> {
        let names = self.names_of(&events)?;
        let both = events.into_iter().zip(names);
        Ok(both
            .map(|(event, (stream, event_type))| event.named(stream, event_type))
            .collect())
    }

    fn names_of(&self, events: &[CodedEvent]) -> Result<Vec<(StreamName, EventType)>, ReadError> {
        let mut names: Vec<(StreamName, EventType)> = Vec::with_capacity(events.len());
        let mut before: Option<&CodedEvent> = None;
        for event in events {
            let damaged = |what| ReadError::Damaged {
                position: event.position,
                what,
            };
            let last = names.last().zip(before);
            let stream = match last {
                Some(((stream, _), last)) if last.stream_id == event.stream_id => Some(stream),
                Some(_) | None => self.streams.get(&event.stream_id),
            };
            let event_type = match last {
                Some(((_, name), last)) if last.type_id == event.type_id => Some(name),
                Some(_) | None => self.types.get(&event.type_id),
            };
            let stream = stream.ok_or(damaged("stream_id"))?.clone();
            let event_type = event_type.ok_or(damaged("type_id"))?.clone();
            names.push((stream, event_type));
            before = Some(event);
        }
        Ok(names)
    }
}
