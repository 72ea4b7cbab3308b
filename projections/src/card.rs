//! What cards share: which events they see, what an answer is, how long something waits.

use ledger_core::history::{Entry, History};
use ledger_core::id::EventId;
use ledger_core::private::Private;
use ledger_core::time::Day;
use serde::Serialize;

/// An answer, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The event that gave it.
    pub event: EventId,
    /// The day.
    pub answered_on: Option<Day>,
    /// Events that show it.
    pub evidence: Vec<EventId>,
    /// The answer, where it can be read.
    pub text: Option<String>,
}

impl Answer {
    pub(crate) fn of(entry: &Entry, evidence: &[EventId], text: &Private<Option<String>>) -> Self {
        Self {
            event: entry.recorded.id,
            answered_on: entry.day(),
            evidence: evidence.to_vec(),
            text: readable(text),
        }
    }
}

/// How long something waits, or waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// It waits still.
    pub open: bool,
    /// Days from its making to its end, or to the day on which the card is looked at.
    pub days: Option<i64>,
    /// It waits beyond the day by which it was due; what ended is never overdue.
    pub overdue: bool,
}

impl Wait {
    pub(crate) fn open(since: Option<Day>, due_on: Option<Day>, on: Day) -> Self {
        Self {
            open: true,
            days: days(since, Some(on)),
            overdue: due_on.is_some_and(|due| due < on),
        }
    }

    pub(crate) fn ended(since: Option<Day>, until: Option<Day>) -> Self {
        Self {
            open: false,
            days: days(since, until),
            overdue: false,
        }
    }
}

fn days(since: Option<Day>, until: Option<Day>) -> Option<i64> {
    let (since, until) = since.zip(until)?;
    Some(until.signed_duration_since(since).num_days())
}

/// The events that count and had occurred by the end of a day; one without a day had.
pub(crate) fn by(history: &History, on: Day) -> impl Iterator<Item = &Entry> {
    let had_occurred = move |entry: &&Entry| entry.day().is_none_or(|day| day <= on);
    history.standing().filter(had_occurred)
}

/// A private text where it is open and there is one.
pub(crate) fn readable(text: &Private<Option<String>>) -> Option<String> {
    text.text().map(str::to_owned)
}

#[cfg(test)]
pub(crate) mod told {
    //! A history told event by event, for the tests of cards.

    use ledger_core::actor::{Actor, Role};
    use ledger_core::event::{Event, Metadata, Privacy, Recorded};
    use ledger_core::history::History;
    use ledger_core::id::{CommandId, EventId, Position, Revision, StreamName};
    use ledger_core::private::join;
    use ledger_core::time::{Day, Occurred};
    use serde_json::Value;
    use uuid::Uuid;

    /// A UUID of a test.
    pub(crate) fn uuid(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    /// A day, written `2021-08-06`.
    pub(crate) fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// An event as it is stored: its clear fields and those private ones that can be read.
    pub(crate) fn event(name: &str, clear: &Value, private: &Value) -> Event {
        let info = Event::info_of(name).unwrap();
        let fields = |value: &Value| value.as_object().unwrap().clone();
        Event::decode(name, info.version, join(fields(clear), fields(private))).unwrap()
    }

    /// A stream's history of events, each with its day; the events' ids count from 1.
    pub(crate) fn history(stream: &StreamName, events: Vec<(&str, Event)>) -> History {
        let mut history = History::default();
        for (n, (on, event)) in (0_u64..).zip(events) {
            let id = uuid(u128::from(n).saturating_add(1));
            let metadata = Metadata {
                schema: event.info().version,
                actor: Actor::system(),
                role: Role::System,
                occurred: Occurred::Day(day(on)),
                command: CommandId::new(id),
                correlation: id,
                causation: id,
                performed_by: Vec::new(),
                subjects: Vec::new(),
                source: None,
                flags: Vec::new(),
                mac: None,
                filled: None,
            };
            let recorded = Recorded {
                position: Position::new(n).plus(1),
                stream: stream.clone(),
                revision: Revision::new(n),
                id: EventId::new(id),
                recorded_at: "2024-04-01T03:00:00Z".parse().unwrap(),
                metadata,
                event,
                privacy: Privacy::Opened,
            };
            history.push(recorded).unwrap();
        }
        history
    }
}
