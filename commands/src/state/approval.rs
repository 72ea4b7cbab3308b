//! One approval: who asked for what, who granted it, whether it was used.

use ledger_core::actor::Actor;
use ledger_core::code::ApprovalAct;
use ledger_core::event::{ApprovalEvent, Event};
use ledger_core::id::{ChildId, CommandId, EventId, StreamName};

use super::{Happened, Step};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub act: ApprovalAct,
    /// The stream in which it is to be done.
    pub stream: StreamName,
    /// The event there that is to be amended, where it is about one.
    pub target: Option<EventId>,
    /// The case that is to become an alias, where cases are to be merged.
    pub absorbed: Option<ChildId>,
    /// Who asked.
    pub by: Actor,
    /// When.
    pub step: Step,
}

/// One approval.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// What was asked for, once it was.
    pub asked: Option<Asked>,
    /// Who granted it, and when.
    pub granted: Option<(Actor, Step)>,
    /// When it was refused or taken back.
    pub refused: Option<Step>,
    /// The command that used it.
    pub used: Option<CommandId>,
}

impl Approval {
    /// Whether it was granted, refused or taken back.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        self.granted.is_some() || self.refused.is_some()
    }

    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Approval(event) = happened.event else {
            return;
        };
        match event {
            ApprovalEvent::Requested(requested) => {
                self.asked = Some(Asked {
                    act: requested.act,
                    stream: requested.stream.clone(),
                    target: requested.target,
                    absorbed: requested.absorbed,
                    by: requested.asked_by.clone(),
                    step: happened.step(),
                });
            },
            ApprovalEvent::Granted(granted) => {
                self.granted = Some((granted.granted_by.clone(), happened.step()));
            },
            ApprovalEvent::Refused(_) => self.refused = Some(happened.step()),
            ApprovalEvent::Used(used) => self.used = Some(used.by),
        }
    }
}
