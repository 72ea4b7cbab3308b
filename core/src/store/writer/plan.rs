//! Lays out one group: positions, revisions, row numbers, leaves and the tree's new edge.

use std::sync::Arc;

use super::Request;
use super::cache::Stream;
use super::engine::{EventRow, Group, RowId};
use super::known::{Known, current};
use crate::id::{EventType, Position, Revision, StreamName};
use crate::proof::{Hash, Leaf};
use crate::store::append::{Appended, StreamAppend, StreamReceipt};
use crate::store::event::NewEvent;
use crate::store::read::Head;
use crate::time::Timestamp;

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
        if let Some(stream) = known.stream_mut(name) {
            stream.push((event.id, position));
            return (stream.id, stream.revision);
        }
        let id = position.as_i64();
        self.group.new_streams.push((id, name.clone()));
        known.insert(name.clone(), Some(Stream::begun(id, (event.id, position))));
        (id, Revision::new(0))
    }

    fn type_id(&mut self, known: &mut Known, name: &EventType, position: Position) -> RowId {
        if let Some(id) = known.type_id(name) {
            return id;
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
