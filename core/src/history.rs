//! The history of one stream: every event with what later events said about it.
//!
//! Nothing is edited and nothing is deleted: a correction, an annulment or a reassignment is an
//! event that points at an earlier one. This fold is the single place that says which content of
//! an event is in force; decisions and views both rest on it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::event::{CorrectionEvent, DecodeError, Event, EventCorrected, Recorded};
use crate::id::{ChildId, EventId, Position};
use crate::time::{Day, Occurred};

/// Whether an event still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts, with its own or its corrected content.
    Stands,
    /// It never happened.
    Annulled {
        /// The event that says so.
        by: EventId,
    },
    /// It happened to another person.
    Reassigned {
        /// The event that says so.
        by: EventId,
        /// The person in whose stream it stands now.
        to: ChildId,
    },
}

/// Another content for an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The event that says so.
    pub by: EventId,
    /// The whole content in force since then.
    pub event: Event,
    /// When it occurred, in force since then.
    pub occurred: Occurred,
}

/// One event with what later events said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The event as recorded.
    pub recorded: Recorded,
    /// Whether it still counts.
    pub standing: Standing,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
}

impl Entry {
    /// The content in force.
    #[must_use]
    pub fn event(&self) -> &Event {
        self.corrections
            .last()
            .map_or(&self.recorded.event, |newest| &newest.event)
    }

    /// The time of occurrence in force.
    #[must_use]
    pub fn occurred(&self) -> Occurred {
        self.corrections
            .last()
            .map_or(self.recorded.metadata.occurred, |newest| newest.occurred)
    }

    /// The day of occurrence in force, where it is known.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.occurred().day()
    }

    /// The event by which the content in force was written: the newest correction, or else itself.
    #[must_use]
    pub fn latest(&self) -> EventId {
        let newest = self.corrections.last();
        newest.map_or(self.recorded.id, |newest| newest.by)
    }

    /// Whether it counts.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.standing == Standing::Stands
    }
}

/// What a new event did to a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands at the end; nothing before it changed.
    Added,
    /// It changed what an earlier event says or whether it counts: fold anew.
    Rewritten,
}

/// The events of one stream in revision order, corrections applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    entries: Vec<Entry>,
    places: HashMap<EventId, usize>,
}

impl History {
    /// Adds the stream's next event.
    ///
    /// A correction whose target is not in this stream changes nothing; commands refuse to write
    /// one, and a foreign writer's is shown as it stands.
    ///
    /// # Errors
    /// [`DecodeError`] when a correction's payload does not have the shape of its target's type.
    pub fn push(&mut self, recorded: Recorded) -> Result<Change, DecodeError> {
        let change = self.apply(&recorded)?;
        self.places.insert(recorded.id, self.entries.len());
        self.entries.push(Entry {
            recorded,
            standing: Standing::Stands,
            corrections: Vec::new(),
        });
        Ok(change)
    }

    /// The same stream as it stood at a position.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn until(&self, as_at: Position) -> Result<Self, DecodeError> {
        let mut stood = Self::default();
        let recorded = self.entries.iter().map(|entry| &entry.recorded);
        for recorded in recorded.take_while(|recorded| recorded.position <= as_at) {
            stood.push(recorded.clone())?;
        }
        Ok(stood)
    }

    /// Every event, in revision order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The events that count, in revision order.
    pub fn standing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.stands())
    }

    /// Finds an event.
    #[must_use]
    pub fn find(&self, id: EventId) -> Option<&Entry> {
        self.places
            .get(&id)
            .and_then(|place| self.entries.get(*place))
    }

    fn entry_mut(&mut self, id: EventId) -> Option<&mut Entry> {
        self.places
            .get(&id)
            .and_then(|place| self.entries.get_mut(*place))
    }

    fn apply(&mut self, recorded: &Recorded) -> Result<Change, DecodeError> {
        let Event::Correction(correction) = &recorded.event else {
            return Ok(Change::Added);
        };
        match correction {
            CorrectionEvent::Corrected(corrected)
            | CorrectionEvent::IdentityCorrected(corrected) => self.correct(recorded.id, corrected),
            CorrectionEvent::Annulled(annulled) => {
                Ok(self.set(annulled.target, Standing::Annulled { by: recorded.id }))
            },
            CorrectionEvent::AnnulmentReversed(reversed) => {
                Ok(self.set(reversed.target, Standing::Stands))
            },
            CorrectionEvent::Reassigned(moved) => Ok(self.set(
                moved.target,
                Standing::Reassigned {
                    by: recorded.id,
                    to: moved.to,
                },
            )),
        }
    }

    fn set(&mut self, target: EventId, standing: Standing) -> Change {
        let Some(entry) = self.entry_mut(target) else {
            return Change::Added;
        };
        entry.standing = standing;
        Change::Rewritten
    }

    fn correct(&mut self, by: EventId, corrected: &EventCorrected) -> Result<Change, DecodeError> {
        let Some(entry) = self.entry_mut(corrected.target) else {
            return Ok(Change::Added);
        };
        let event = corrected.content()?;
        let occurred = corrected.occurred.unwrap_or_else(|| entry.occurred());
        entry.corrections.push(Correction {
            by,
            event,
            occurred,
        });
        Ok(Change::Rewritten)
    }
}

impl EventCorrected {
    /// The content that this correction puts in force, private fields open where they are here.
    ///
    /// # Errors
    /// [`DecodeError`] when the payload does not have the shape of the target's type.
    pub fn content(&self) -> Result<Event, DecodeError> {
        let private: Map<String, Value> = self.private_payload.open().cloned().unwrap_or_default();
        let payload = crate::private::join(self.payload.clone(), private);
        Event::decode(&self.target_type, self.schema, payload)
    }
}
