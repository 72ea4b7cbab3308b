//! The simplest store that could be right: a list.

use ledger_core::id::{EventId, EventType, Position, StreamName};
use ledger_core::store::{
    Append, Appended, CurrentRevision, ExpectedRevision, StreamAppend, StreamReceipt,
};
use ledger_tests::conformance::at;

/// The list: every event's stream, id and type, in order.
#[derive(Default)]
pub(super) struct Model {
    pub(super) log: Vec<Entry>,
}

/// An event in the list.
pub(super) struct Entry {
    pub(super) stream: StreamName,
    pub(super) id: EventId,
    pub(super) event_type: EventType,
}

impl Model {
    /// Positions and ids of a stream's events.
    pub(super) fn stream(&self, name: &StreamName) -> Vec<(u64, EventId)> {
        let numbered = (1..).zip(&self.log);
        let of_stream = numbered.filter(|(_, entry)| entry.stream == *name);
        of_stream
            .map(|(position, entry)| (position, entry.id))
            .collect()
    }

    pub(super) fn current(&self, name: &StreamName) -> CurrentRevision {
        match self.stream(name).len() {
            0 => CurrentRevision::NoStream,
            events => at(u64::try_from(events).unwrap() - 1),
        }
    }

    fn fits(&self, name: &StreamName, expected: ExpectedRevision) -> bool {
        let current = self.current(name);
        match expected {
            ExpectedRevision::Any => true,
            ExpectedRevision::NoStream => current == CurrentRevision::NoStream,
            ExpectedRevision::Exists => current != CurrentRevision::NoStream,
            ExpectedRevision::Exact(revision) => current == CurrentRevision::At(revision),
        }
    }

    /// Where a part stands if exactly its events are at the place where it would have put them.
    fn earlier(&self, part: &StreamAppend) -> Option<StreamReceipt> {
        let there = self.stream(&part.stream);
        let from = match part.expected {
            ExpectedRevision::NoStream => 0,
            ExpectedRevision::Exact(revision) => usize::try_from(revision.get()).ok()? + 1,
            ExpectedRevision::Any | ExpectedRevision::Exists => {
                there.len().checked_sub(part.events.len())?
            },
        };
        let window = there.get(from..from + part.events.len())?;
        let same = window
            .iter()
            .map(|(_, id)| *id)
            .eq(part.events.iter().map(|event| event.id));
        let (position, _) = window.last().filter(|_| same)?;
        Some(StreamReceipt {
            stream: part.stream.clone(),
            revision: at(u64::try_from(from + part.events.len()).unwrap() - 1),
            position: Some(Position::new(*position)),
        })
    }

    /// The first result of an append, if it stands there already; with how many of its parts do.
    fn repeated(&self, append: &Append) -> (Option<Appended>, usize) {
        let mut streams = Vec::new();
        let (mut found, mut full) = (0, 0);
        for part in &append.streams {
            let earlier = if part.events.is_empty() {
                None
            } else {
                full += 1;
                self.earlier(part)
            };
            found += usize::from(earlier.is_some());
            streams.push(earlier.unwrap_or_else(|| self.receipt(part)));
        }
        let newest = streams.iter().filter_map(|receipt| receipt.position).max();
        let first = newest.filter(|_| found == full).map(|position| Appended {
            position,
            streams,
            repeated: true,
        });
        (first, found)
    }

    /// The receipt of a part whose events are the newest of its stream.
    fn receipt(&self, part: &StreamAppend) -> StreamReceipt {
        let newest = self
            .stream(&part.stream)
            .last()
            .map(|(position, _)| *position);
        StreamReceipt {
            stream: part.stream.clone(),
            revision: self.current(&part.stream),
            position: newest
                .filter(|_| !part.events.is_empty())
                .map(Position::new),
        }
    }

    /// What the store must answer; none for a conflict.
    pub(super) fn append(&mut self, append: &Append) -> Option<Appended> {
        let (first, found) = self.repeated(append);
        if first.is_some() {
            return first;
        }
        let parts = append
            .streams
            .iter()
            .map(|part| (&part.stream, part.expected));
        let checks = append
            .checks
            .iter()
            .map(|check| (&check.stream, check.expected));
        let all_fit = parts
            .chain(checks)
            .all(|(stream, expected)| self.fits(stream, expected));
        if found > 0 || !all_fit {
            return None;
        }
        let mut streams = Vec::new();
        for part in &append.streams {
            self.log.extend(part.events.iter().map(|event| Entry {
                stream: part.stream.clone(),
                id: event.id,
                event_type: event.event_type.clone(),
            }));
            streams.push(self.receipt(part));
        }
        Some(Appended {
            position: self.head(),
            streams,
            repeated: false,
        })
    }

    /// Whether a repeated append's events stand where the answer says.
    pub(super) fn stands(&self, append: &Append, answer: &Appended) -> bool {
        let mut newest = None;
        for (part, receipt) in append.streams.iter().zip(&answer.streams) {
            let (Some(position), CurrentRevision::At(last)) = (receipt.position, receipt.revision)
            else {
                assert!(part.events.is_empty());
                continue;
            };
            newest = newest.max(Some(position));
            let end = usize::try_from(last.get()).unwrap() + 1;
            let there = self.stream(&part.stream);
            let Some(window) = end
                .checked_sub(part.events.len())
                .and_then(|from| there.get(from..end))
            else {
                return false;
            };
            let ids = part.events.iter().map(|event| event.id);
            if !window.iter().map(|(_, id)| *id).eq(ids)
                || window.last().map(|(position, _)| *position) != Some(position.get())
            {
                return false;
            }
        }
        newest == Some(answer.position)
    }

    pub(super) fn head(&self) -> Position {
        Position::new(u64::try_from(self.log.len()).unwrap())
    }
}
