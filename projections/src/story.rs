//! A stream in memory for the tests of live views.

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{Event, Metadata, Privacy, Recorded};
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, Position, Revision, StreamName};
use ledger_core::time::{Day, Occurred};
use uuid::Uuid;

/// A day, written `2021-08-06`.
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What happened in one stream.
pub(crate) struct Story {
    stream: StreamName,
    /// How many events of other streams stand before its first in the log.
    before: u64,
    pub(crate) history: History,
}

impl Story {
    /// A stream without events.
    pub(crate) fn of(stream: StreamName) -> Self {
        Self::behind(0, stream)
    }

    /// A stream without events, whose first comes behind so many of other streams.
    pub(crate) fn behind(before: u64, stream: StreamName) -> Self {
        Self {
            stream,
            before,
            history: History::default(),
        }
    }

    /// Adds an event of a day; of an unknown one where none is said.
    pub(crate) fn add(&mut self, on: &str, event: impl Into<Event>) -> EventId {
        let event = event.into();
        let place = u64::try_from(self.history.entries().len()).unwrap();
        let nth = self.before.saturating_add(place);
        let position = Position::new(nth.saturating_add(1));
        let command = CommandId::new(Uuid::from_u128(position.get().into()));
        let id = EventId::of_command(command, 0);
        let recorded = Recorded {
            position,
            stream: self.stream.clone(),
            revision: Revision::new(place),
            id,
            recorded_at: "2024-04-01T03:00:00Z".parse().unwrap(),
            metadata: Metadata {
                schema: event.info().version,
                actor: Actor::new("staff-1").unwrap(),
                role: Role::Staff,
                occurred: if on.is_empty() {
                    Occurred::Unknown
                } else {
                    Occurred::Day(day(on))
                },
                command,
                correlation: command.uuid(),
                causation: command.uuid(),
                performed_by: Vec::new(),
                subjects: Vec::new(),
                source: None,
                flags: Vec::new(),
                mac: None,
                filled: None,
            },
            event,
            privacy: Privacy::Opened,
        };
        self.history.push(recorded).unwrap();
        id
    }
}
