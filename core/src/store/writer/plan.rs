//! Lays out one group: positions, revisions, row numbers, leaves and the tree's new edge.

use std::collections::HashMap;
use std::sync::Arc;

use super::Request;
use super::cache::{Cache, Stream};
use super::engine::{EventRow, Group, RowId};
use super::judge::current;
use crate::id::{EventType, Position, Revision, StreamName};
use crate::proof::{Hash, Leaf};
use crate::store::append::{Appended, StreamAppend, StreamReceipt};
use crate::store::event::NewEvent;
use crate::store::read::Head;
use crate::time::Timestamp;

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

/// A group being laid out.
pub(super) struct Plan {
    pub(super) group: Group,
    pub(super) bytes: usize,
}

impl Plan {
    /// An empty group on top of `head`, all of it written at `recorded_at`.
    pub(super) fn on(head: &Head, recorded_at: Timestamp) -> Self {
        let group = Group {
            expected_position: head.position,
            expected_epoch: head.epoch,
            recorded_at,
            new_streams: Vec::new(),
            new_types: Vec::new(),
            events: Vec::new(),
            frontier: head.frontier.clone(),
        };
        Self { group, bytes: 0 }
    }

    /// Position of the newest event laid out, or of the head.
    pub(super) fn position(&self) -> Position {
        Position::new(self.group.frontier.size())
    }

    /// Lays out one append that fits, and notes where each part begins.
    pub(super) fn add(&mut self, known: &mut Known, request: &mut Request) -> Appended {
        request.tried.clear();
        let mut streams = Vec::with_capacity(request.append.streams.len());
        for part in &request.append.streams {
            let begins = known
                .stream(&part.stream)
                .map_or(0, |stream| stream.revision.get().saturating_add(1));
            request.tried.push(Some(Revision::new(begins)));
            let position = self.add_part(known, part);
            let revision = current(known.stream(&part.stream));
            streams.push(StreamReceipt {
                stream: part.stream.clone(),
                revision,
                position,
            });
        }
        Appended {
            position: self.position(),
            streams,
            repeated: false,
        }
    }

    fn add_part(&mut self, known: &mut Known, part: &StreamAppend) -> Option<Position> {
        let mut last = None;
        for event in &part.events {
            let position = self.position().plus(1);
            let (stream_id, revision) = self.place(known, &part.stream, event, position);
            let type_id = self.type_id(known, &event.event_type, position);
            let leaf_hash = leaf(&part.stream, revision, event, self.group.recorded_at).hash();
            self.bytes = self.bytes.saturating_add(event.size_bytes());
            self.group.frontier.push(leaf_hash);
            let event = event.clone();
            self.group.events.push(EventRow {
                position,
                stream_id,
                revision,
                type_id,
                event,
                leaf_hash,
            });
            last = Some(position);
        }
        last
    }

    /// Gives an event its place in its stream.
    fn place(
        &mut self,
        known: &mut Known,
        name: &StreamName,
        event: &NewEvent,
        position: Position,
    ) -> (RowId, Revision) {
        if let Some(Some(stream)) = known.streams.get_mut(name) {
            stream.push((event.id, position));
            return (stream.id, stream.revision);
        }
        let id = position.as_i64();
        self.group.new_streams.push((id, name.clone()));
        known.insert(name.clone(), Some(Stream::begun(id, (event.id, position))));
        (id, Revision::new(0))
    }

    fn type_id(&mut self, known: &mut Known, name: &EventType, position: Position) -> RowId {
        if let Some(Some(id)) = known.types.get(name) {
            return *id;
        }
        let id = position.as_i64();
        known.insert_type(name.clone(), Some(id));
        self.group.new_types.push((id, name.as_str().to_owned()));
        id
    }

    /// The group as it is committed.
    pub(super) fn finish(self) -> Arc<Group> {
        Arc::new(self.group)
    }
}

fn leaf<'a>(
    stream: &'a StreamName,
    revision: Revision,
    event: &'a NewEvent,
    recorded_at: Timestamp,
) -> Leaf<'a> {
    Leaf {
        id: event.id,
        stream: stream.as_str(),
        revision,
        event_type: event.event_type.as_str(),
        content_type: &event.content_type,
        recorded_at,
        data: Hash::of(&event.data),
        metadata: Hash::of(&event.metadata),
        sealed: event.sealed.as_deref().map(Hash::of),
    }
}
