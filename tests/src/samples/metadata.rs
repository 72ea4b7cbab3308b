//! What stands beside a sample event.

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{Event, Metadata};
use ledger_core::id::{CommandId, EventId};
use ledger_core::time::Occurred;

/// What stands beside an event that the system wrote by a command of the event's own id.
#[must_use]
pub fn metadata(event: &Event, id: EventId, occurred: Occurred) -> Metadata {
    let command = CommandId::new(id.uuid());
    Metadata {
        schema: event.info().version,
        actor: Actor::system(),
        role: Role::System,
        occurred,
        command,
        correlation: command.uuid(),
        causation: command.uuid(),
        performed_by: Vec::new(),
        subjects: Vec::new(),
        source: None,
        flags: Vec::new(),
        mac: None,
        filled: None,
    }
}
