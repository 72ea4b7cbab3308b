//! One stream folded: its state, how far it is, and which commands wrote it.

use ledger_core::event::{Draft, Event};
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, Revision, StreamName};
use ledger_core::store::CurrentRevision;

use super::marks::{Marks, mark_of};
use super::{Happened, State};

/// One stream folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    state: State,
    revision: CurrentRevision,
    /// Four bytes a command, so that long streams can be kept; the stream itself has the last word.
    commands: Marks<u32>,
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
            commands: Marks::default(),
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
            folded.note(recorded.metadata.command);
            folded.revision = CurrentRevision::At(recorded.revision);
        }
        for entry in history.standing() {
            folded.state.evolve(&Happened {
                id: entry.recorded.id,
                latest: entry.latest(),
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

    /// Whether a command may have written here: never wrong when it says no.
    pub(crate) fn may_have_taken(&self, command: CommandId) -> bool {
        self.commands.contains(fingerprint(command))
    }

    /// Goes on by the events that one command is about to write, before they are confirmed.
    pub(crate) fn advance(&mut self, command: CommandId, drafts: &[(EventId, Draft)]) {
        for (id, draft) in drafts {
            self.revision = CurrentRevision::At(match self.revision {
                CurrentRevision::NoStream => Revision::default(),
                CurrentRevision::At(revision) => revision.plus(1),
            });
            self.note(command);
            self.stale |= matches!(draft.event, Event::Correction(_));
            self.state.evolve(&Happened {
                id: *id,
                latest: *id,
                event: &draft.event,
                occurred: draft.occurred,
            });
        }
    }

    fn note(&mut self, command: CommandId) {
        self.commands.insert(fingerprint(command));
        self.events = self.events.saturating_add(1);
    }
}

/// Four bytes that stand for a command's id.
fn fingerprint(command: CommandId) -> u32 {
    let mark = mark_of(command.uuid());
    let both = (mark ^ mark.rotate_left(32)) & u64::from(u32::MAX);
    u32::try_from(both).unwrap_or_default()
}
