//! What a writer appends: number N of a writer is the same append in every process that tries it.

use bytes::Bytes;
use ledger_core::id::{EventId, EventType, Revision, StreamName};
use ledger_core::store::{Append, ExpectedRevision, NewEvent, StreamAppend, StreamCheck};
use uuid::Uuid;

/// Streams that all writers share.
const SHARED: u64 = 4;
/// Every so many appends one is larger than a packet.
const LARGE_EVERY: u64 = 16;
const LARGE_BYTES: usize = 5_000;

/// One append of one writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Task {
    pub writer: u32,
    pub number: u64,
}

/// What an event says of the append that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub task: Task,
    /// Its place in the append, from 0.
    pub index: u64,
    /// How many events the append has.
    pub count: u64,
}

impl Mark {
    /// Reads it from an event's data.
    #[must_use]
    pub fn of(data: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(data).ok()?.trim_end();
        let mut numbers = text.split(':').map(|word| word.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        Some(Self {
            task: Task {
                writer: u32::try_from(next()?).ok()?,
                number: next()?,
            },
            index: next()?,
            count: next()?,
        })
    }

    fn text(self) -> String {
        let Task { writer, number } = self.task;
        format!("{writer}:{number}:{}:{}", self.index, self.count)
    }
}

impl Task {
    /// The stream to which only this writer writes.
    #[must_use]
    pub fn own(self) -> StreamName {
        StreamName::new(format!("own-{}", self.writer)).unwrap()
    }

    /// The stream beside it, if the append writes to one.
    #[must_use]
    pub fn shared(self) -> Option<StreamName> {
        let beside = self.number.is_multiple_of(4) || self.number % 4 == 3;
        let name = format!("shared-{}", (self.number / 4) % SHARED);
        beside.then(|| StreamName::new(name).unwrap())
    }

    /// Events in the own stream: one, two, three, and again.
    const fn own_events(self) -> u64 {
        1 + self.number % 3
    }

    /// Events in the own stream before this append.
    const fn before(self) -> u64 {
        let of_this_three = match self.number % 3 {
            0 => 0,
            1 => 1,
            _ => 3,
        };
        (self.number / 3) * 6 + of_this_three
    }

    /// Where the own stream is once this append stands.
    #[must_use]
    pub const fn own_revision(self) -> u64 {
        self.before() + self.own_events() - 1
    }

    /// Events of the append.
    #[must_use]
    pub fn count(self) -> u64 {
        self.own_events() + u64::from(self.shared().is_some())
    }

    fn event(self, index: u64) -> NewEvent {
        let count = self.count();
        let mark = Mark {
            task: self,
            index,
            count,
        };
        let text = mark.text();
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
        let large = self.number % LARGE_EVERY == LARGE_EVERY - 1;
        let bytes = if large { LARGE_BYTES } else { 0 };
        NewEvent {
            id: EventId::new(id),
            event_type: EventType::new(format!("sample-{}", self.number % 5)).unwrap(),
            content_type: "text/plain".to_owned(),
            data: Bytes::from(format!("{text:<bytes$}")),
            metadata: Bytes::new(),
            sealed: None,
        }
    }

    /// The append, with what its writer knows of the shared stream.
    ///
    /// Every expected revision occurs. A part that expects anything is guarded by the own stream's
    /// exact revision, or is the own stream's, to whose end nobody else writes: so that repeating it
    /// from another process never writes it again.
    #[must_use]
    pub fn append(self, shared_at: ExpectedRevision) -> Append {
        let exact = match self.before().checked_sub(1) {
            None => ExpectedRevision::NoStream,
            Some(revision) => ExpectedRevision::Exact(Revision::new(revision)),
        };
        let expected = match (self.number % 4, self.number % 8) {
            (2, 2) => ExpectedRevision::Any,
            (2, _) => ExpectedRevision::Exists,
            _ => exact,
        };
        let own = StreamAppend {
            stream: self.own(),
            expected,
            events: (0..self.own_events()).map(|n| self.event(n)).collect(),
        };
        let shared = self.shared().map(|stream| StreamAppend {
            stream,
            expected: if self.number % 4 == 3 {
                ExpectedRevision::Any
            } else {
                shared_at
            },
            events: vec![self.event(self.own_events())],
        });
        Append {
            streams: std::iter::once(own).chain(shared).collect(),
            checks: vec![StreamCheck {
                stream: StreamName::new("never-written").unwrap(),
                expected: ExpectedRevision::NoStream,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_revisions_follow_from_the_number_and_marks_read_back() {
        let mut next = 0;
        for number in 0..40 {
            let task = Task { writer: 7, number };
            let append = task.append(ExpectedRevision::Any);

            let own = u64::try_from(append.streams[0].events.len()).unwrap();
            assert_eq!(task.before(), next);
            next += own;
            assert_eq!(task.own_revision(), next - 1);
            assert_eq!(u64::try_from(append.event_count()).unwrap(), task.count());
            let events = append.streams.iter().flat_map(|part| &part.events);
            for (event, index) in events.zip(0..) {
                let count = task.count();
                let mark = Mark { task, index, count };
                assert_eq!(Mark::of(&event.data), Some(mark));
            }
        }
    }
}
