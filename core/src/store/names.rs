//! The names behind the numbers of streams and event types, remembered so that no read joins for them.
//!
//! Both tables are append-only, so what is remembered stays true for as long as the engine is the same.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// Names that an engine was asked for.
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

    /// The numbers in `events` whose names the engine has to be asked for, each once.
    pub(crate) fn missing(&self, events: &[CodedEvent]) -> Missing {
        let (mut missing, remembered) = (Missing::default(), self.lock());
        // Neighbours are often of one stream.
        let (mut last_stream, mut last_type) = (None, None);
        for event in events {
            let (stream, event_type) = (event.stream_id, event.type_id);
            if last_stream != Some(stream) && !remembered.streams.contains(&stream) {
                missing.streams.push(stream);
            }
            if last_type != Some(event_type) && !remembered.types.contains(&event_type) {
                missing.types.push(event_type);
            }
            (last_stream, last_type) = (Some(stream), Some(event_type));
        }
        for ids in [&mut missing.streams, &mut missing.types] {
            ids.sort_unstable();
            ids.dedup();
        }
        missing
    }

    /// Gives events their names: those `found` just now, or remembered.
    pub(crate) fn give(
        &self,
        events: Vec<CodedEvent>,
        found: &Found,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        let mut remembered = self.lock();
        for (id, name) in &found.types {
            remembered.types.put(*id, name.clone());
        }
        for (id, name) in &found.streams {
            remembered.streams.put(*id, name.clone());
        }
        let mut last: Option<(RowId, StreamName)> = None;
        let mut named = Vec::with_capacity(events.len());
        for event in events {
            let damaged = |what| ReadError::Damaged {
                position: event.position,
                what,
            };
            let stream = match &last {
                Some((id, name)) if *id == event.stream_id => name.clone(),
                _ => {
                    let name = remembered.streams.get(&event.stream_id);
                    let name = name.or_else(|| found.streams.get(&event.stream_id));
                    name.ok_or(damaged("stream_id"))?.clone()
                },
            };
            let event_type = remembered.types.get(&event.type_id);
            let event_type = event_type.or_else(|| found.types.get(&event.type_id));
            let event_type = event_type.ok_or(damaged("type_id"))?.clone();
            last = Some((event.stream_id, stream.clone()));
            named.push(event.named(stream, event_type));
        }
        Ok(named)
    }
}
