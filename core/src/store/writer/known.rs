//! The streams and types that a group is about, read before it is judged and laid out.

use std::collections::HashMap;

use super::cache::{Cache, Stream};
use super::engine::RowId;
use crate::id::{EventType, StreamName};
use crate::store::append::CurrentRevision;

/// The streams and types that a group is about, as they stand after what is laid out so far.
#[derive(Default)]
pub(super) struct Known {
    streams: HashMap<StreamName, Option<Stream>>,
    types: HashMap<EventType, Option<RowId>>,
}

impl Known {
    /// The stream, if it has events.
    pub(super) fn stream(&self, name: &StreamName) -> Option<&Stream> {
        self.streams.get(name).and_then(Option::as_ref)
    }

    pub(super) fn stream_mut(&mut self, name: &StreamName) -> Option<&mut Stream> {
        self.streams.get_mut(name).and_then(Option::as_mut)
    }

    /// The type's row, if it has one.
    pub(super) fn type_id(&self, name: &EventType) -> Option<RowId> {
        self.types.get(name).copied().flatten()
    }

    pub(super) fn holds(&self, name: &StreamName) -> bool {
        self.streams.contains_key(name)
    }

    pub(super) fn insert(&mut self, name: StreamName, stream: Option<Stream>) {
        self.streams.insert(name, stream);
    }

    pub(super) fn holds_type(&self, name: &EventType) -> bool {
        self.types.contains_key(name)
    }

    pub(super) fn insert_type(&mut self, name: EventType, id: Option<RowId>) {
        self.types.insert(name, id);
    }

    /// Gives what is known back to the cache once it is committed.
    pub(super) fn keep(self, cache: &mut Cache) {
        for (name, stream) in self.streams {
            if let Some(stream) = stream {
                cache.streams.put(name, stream);
            }
        }
        for (name, id) in self.types {
            if let Some(id) = id {
                cache.types.put(name, id);
            }
        }
    }
}

/// How far a stream is.
pub(super) fn current(stream: Option<&Stream>) -> CurrentRevision {
    stream.map_or(CurrentRevision::NoStream, |stream| {
        CurrentRevision::At(stream.revision)
    })
}
