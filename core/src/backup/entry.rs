//! An event of a backup with the numbers under which an engine keeps its names.

use std::collections::HashMap;

use super::FileFault;
use crate::id::{EventType, Revision, StreamName};
use crate::store::StoredEvent;
use crate::store::writer::engine::RowId;

/// An event with all that an engine writes of it.
pub(crate) struct Entry {
    pub(crate) event: StoredEvent,
    pub(crate) stream_id: RowId,
    pub(crate) type_id: RowId,
}

impl Entry {
    /// Whether its stream begins with it.
    pub(crate) fn begins_stream(&self) -> bool {
        self.stream_id == self.event.position.as_i64()
    }

    /// Whether its type was never there before.
    pub(crate) fn begins_type(&self) -> bool {
        self.type_id == self.event.position.as_i64()
    }
}

/// The names seen so far: the position of the first event with a name is its number, as the writer
/// gives them. Grows with the streams, not with the events.
#[derive(Default)]
pub(super) struct Names {
    streams: HashMap<StreamName, (RowId, Revision)>,
    types: HashMap<EventType, RowId>,
}

impl Names {
    /// Gives an event its numbers; it must be the next one of its stream.
    pub(super) fn entry(&mut self, event: StoredEvent) -> Result<Entry, FileFault> {
        let new = event.position.as_i64();
        let stream_id = match self.streams.get_mut(&event.stream) {
            Some((id, newest)) if event.revision == newest.plus(1) => {
                *newest = event.revision;
                *id
            },
            None if event.revision == Revision::default() => {
                self.streams
                    .insert(event.stream.clone(), (new, event.revision));
                new
            },
            Some(_) | None => return Err(FileFault::Revision),
        };
        let known = self.types.get(&event.event_type).copied();
        let type_id = known.unwrap_or(new);
        if known.is_none() {
            self.types.insert(event.event_type.clone(), new);
        }
        Ok(Entry {
            event,
            stream_id,
            type_id,
        })
    }
}
