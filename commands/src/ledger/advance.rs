//! Folds go on by what a command writes, and its receipt is drawn up.

use ledger_core::id::{Position, Revision, StreamName};
use ledger_core::store::CurrentRevision;

use super::prepare::New;
use crate::envelope::{LastEvent, Receipt};
use crate::state::Folded;

/// A decision's streams gone on by its events.
pub(super) struct Advanced {
    /// What the receipt will be, but for the positions.
    pub(super) receipt: Receipt,
    /// The folds as they are then.
    pub(super) folds: Vec<(StreamName, Folded)>,
}

/// Goes on by the events of a command.
pub(super) fn advance(new: New) -> Advanced {
    let mut advanced = Advanced {
        receipt: Receipt {
            streams: Vec::with_capacity(new.written.len()),
            repeated: false,
            events: Vec::new(),
            flags: Vec::new(),
        },
        folds: Vec::with_capacity(new.written.len()),
    };
    for (stream, mut folded, events) in new.written {
        folded.advance(new.context.command, &events);
        let receipt = &mut advanced.receipt;
        let revision = match folded.revision() {
            CurrentRevision::At(revision) => revision,
            CurrentRevision::NoStream => Revision::default(),
        };
        receipt.streams.push(LastEvent {
            stream: stream.clone(),
            revision,
            position: Position::default(),
        });
        for (id, draft) in &events {
            receipt.events.push(*id);
            receipt.add_flags(&draft.flags);
        }
        advanced.folds.push((stream, folded));
    }
    advanced
}
