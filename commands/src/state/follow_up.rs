//! What staff promised to do next, and whether it was done.

use std::collections::BTreeMap;

use ledger_core::event::FollowUpEvent;
use ledger_core::id::FollowUpId;
use ledger_core::time::Day;

use super::{Happened, Step};

/// A promised next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// When it was promised.
    pub scheduled: Step,
    /// The day by which it is to be done.
    pub due_on: Day,
    /// When it was done, or found to be needless.
    pub ended: Option<Step>,
}

impl FollowUp {
    /// Whether it is still to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// The latest dated step, at which an undated one stands.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let ended = self.ended.and_then(|step| step.day());
        self.scheduled.day().max(ended)
    }

    /// Whether it is neither due nor done before it was promised.
    pub(crate) fn is_orderly(&self) -> bool {
        let ended = self.ended.and_then(|step| step.day());
        let scheduled = self.scheduled.day();
        scheduled <= Some(self.due_on) && (ended.is_none() || scheduled <= ended)
    }
}

/// A person's promised next steps.
pub(super) type FollowUps = BTreeMap<FollowUpId, FollowUp>;

/// Takes an event in; the end of one that does not stand changes nothing.
pub(super) fn evolve(all: &mut FollowUps, event: &FollowUpEvent, happened: &Happened<'_>) {
    match event {
        FollowUpEvent::Scheduled(scheduled) => {
            let follow_up = FollowUp {
                scheduled: happened.step(),
                due_on: scheduled.due_on,
                ended: None,
            };
            all.insert(scheduled.follow_up, follow_up);
        },
        FollowUpEvent::Done(_) | FollowUpEvent::Cancelled(_) => {
            if let Some(follow_up) = all.get_mut(&event.follow_up()) {
                follow_up.ended = Some(happened.step());
            }
        },
    }
}
