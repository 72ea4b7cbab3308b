//! What a command carries beside its content: who sends it, for what, from where.

use ledger_core::actor::{Actor, Role};
use ledger_core::code::Flag;
use ledger_core::event::{Draft, Metadata, Source};
use ledger_core::id::{CommandId, EventId, Position, Revision, StreamName};
use uuid::Uuid;

/// What a command carries beside its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The command's id; sending the same one again gives the first receipt.
    pub command: CommandId,
    /// Who records it.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
    /// What the whole chain is about; none: this command begins one.
    pub correlation: Option<Uuid>,
    /// The event or command that caused it; none: the command itself.
    pub causation: Option<Uuid>,
    /// Accounts that did it, where they are not the actor.
    pub performed_by: Vec<Actor>,
    /// The register row from which it was read; stands on every event of the command.
    pub source: Option<Source>,
    /// HMAC over the parsed row; stands on the command's first event.
    pub mac: Option<String>,
    /// The columns that the row has filled; stand on the command's first event.
    pub filled: Option<Vec<String>>,
}

impl Envelope {
    /// An envelope of a command that begins a chain of its own.
    #[must_use]
    pub const fn new(command: CommandId, actor: Actor, role: Role) -> Self {
        Self {
            command,
            actor,
            role,
            correlation: None,
            causation: None,
            performed_by: Vec::new(),
            source: None,
            mac: None,
            filled: None,
        }
    }

    /// The metadata of the `index`th event of this command.
    #[must_use]
    pub(crate) fn metadata(&self, draft: &Draft, index: usize) -> Metadata {
        let own = self.command.uuid();
        let first = index == 0;
        Metadata {
            schema: draft.event.info().version,
            actor: self.actor.clone(),
            role: self.role,
            occurred: draft.occurred,
            command: self.command,
            correlation: self.correlation.unwrap_or(own),
            causation: self.causation.unwrap_or(own),
            performed_by: self.performed_by.clone(),
            subjects: draft.subjects.clone(),
            source: self.source.clone(),
            flags: draft.flags.clone(),
            mac: self.mac.clone().filter(|_| first),
            filled: self.filled.clone().filter(|_| first),
        }
    }
}

/// Where a command's last event in one stream stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastEvent {
    /// The stream.
    pub stream: StreamName,
    /// Place in the stream.
    pub revision: Revision,
    /// Place in the log.
    pub position: Position,
}

/// Where a command's events stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its last event in each stream that it wrote, in the command's order.
    pub streams: Vec<LastEvent>,
    /// The command had been taken before, and nothing was written now.
    pub repeated: bool,
    /// Its events over all streams, in order.
    pub events: Vec<EventId>,
    /// What is imperfect about them, without repetition.
    pub flags: Vec<Flag>,
}

impl Receipt {
    /// Position of its last event over all streams; views that have come this far show all of it.
    #[must_use]
    pub fn position(&self) -> Position {
        let positions = self.streams.iter().map(|last| last.position);
        positions.max().unwrap_or_default()
    }

    /// Adds flags that it does not have yet.
    pub(crate) fn add_flags(&mut self, flags: &[Flag]) {
        for flag in flags {
            if !self.flags.contains(flag) {
                self.flags.push(*flag);
            }
        }
    }
}
