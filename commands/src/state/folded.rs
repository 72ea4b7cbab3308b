//! One stream folded: its state, how far it is, and which commands wrote it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use ledger_core::code::Flag;
use ledger_core::event::{Draft, Event};
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, Position, Revision, StreamName};
use ledger_core::store::CurrentRevision;

use super::{Happened, State};

/// Position of a command's last event; empty until its append has been confirmed.
pub(crate) type Place = Arc<OnceLock<Position>>;

/// What one command wrote to one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) revision: Revision,
    pub(crate) position: Place,
    pub(crate) events: Vec<EventId>,
    pub(crate) flags: Vec<Flag>,
}

/// One stream folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    state: State,
    revision: CurrentRevision,
    seen: HashMap<CommandId, Seen>,
    events: usize,
    stale: bool,
}

impl Folded {
    /// A stream without events; its name says what kind of state it has.
    #[must_use]
    pub fn empty(stream: &StreamName) -> Self {
        Self {
            state: State::empty(stream),
            revision: CurrentRevision::NoStream,
            seen: HashMap::new(),
            events: 0,
            stale: false,
        }
    }

    /// Folds a whole history.
    #[must_use]
    pub fn of_history(stream: &StreamName, history: &History) -> Self {
        let mut folded = Self::empty(stream);
        for entry in history.entries() {
            let recorded = &entry.recorded;
            let metadata = &recorded.metadata;
            let place = Place::from(OnceLock::from(recorded.position));
            folded.note(metadata.command, recorded.id, &metadata.flags, &place);
            folded.revision = CurrentRevision::At(recorded.revision);
        }
        for entry in history.standing() {
            folded.state.evolve(&Happened {
                id: entry.recorded.id,
                event: entry.event(),
                occurred: entry.occurred(),
            });
        }
        folded
    }

    /// The state that decisions read.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// How far the stream is.
    #[must_use]
    pub const fn revision(&self) -> CurrentRevision {
        self.revision
    }

    /// Events of the stream, the measure of the memory that this fold takes.
    #[must_use]
    pub const fn events(&self) -> usize {
        self.events
    }

    /// Whether a correction came after the last whole fold, so that the state must be folded anew.
    pub(crate) const fn is_stale(&self) -> bool {
        self.stale
    }

    /// What a command wrote here, if it was taken before.
    pub(crate) fn seen(&self, command: CommandId) -> Option<&Seen> {
        self.seen.get(&command)
    }

    /// Goes on by the events that one command is about to write, before they are confirmed.
    pub(crate) fn advance(&mut self, command: CommandId, drafts: &[(EventId, Draft)]) -> Place {
        let place = Place::default();
        for (id, draft) in drafts {
            self.revision = CurrentRevision::At(match self.revision {
                CurrentRevision::NoStream => Revision::default(),
                CurrentRevision::At(revision) => revision.plus(1),
            });
            self.note(command, *id, &draft.flags, &place);
            self.stale |= matches!(draft.event, Event::Correction(_));
            self.state.evolve(&Happened {
                id: *id,
                event: &draft.event,
                occurred: draft.occurred,
            });
        }
        place
    }

    fn note(&mut self, command: CommandId, event: EventId, flags: &[Flag], place: &Place) {
        let revision = Revision::new(u64::try_from(self.events).unwrap_or(u64::MAX));
        let seen = self.seen.entry(command).or_insert_with(|| Seen {
            revision,
            position: Arc::clone(place),
            events: Vec::with_capacity(1),
            flags: Vec::new(),
        });
        seen.revision = revision;
        seen.position = Arc::clone(place);
        seen.events.push(event);
        for flag in flags {
            if !seen.flags.contains(flag) {
                seen.flags.push(*flag);
            }
        }
        self.events = self.events.saturating_add(1);
    }
}
