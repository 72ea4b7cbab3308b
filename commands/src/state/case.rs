//! A person's case as a whole: open or closed, suspected to be another's, merged with it.

use std::collections::BTreeSet;

use ledger_core::event::CaseEvent;
use ledger_core::id::ChildId;
use ledger_core::time::Day;

use super::Step;

/// A person's case as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// When it was closed; none while it is open.
    pub closed: Option<Step>,
    /// When it last went on after a closing.
    pub reopened: Option<Step>,
    /// The cases that look like the same person's.
    pub suspected: BTreeSet<ChildId>,
    /// The case whose alias this one is.
    pub absorbed_into: Option<ChildId>,
    /// The cases that are aliases of this one.
    pub absorbed: BTreeSet<ChildId>,
    /// When it was last merged.
    pub merged: Option<Step>,
}

impl Case {
    /// Whether it is part of a merge, on either side.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.absorbed_into.is_some() || !self.absorbed.is_empty()
    }

    /// The last dated closing or reopening.
    #[must_use]
    pub fn latest_day(&self) -> Option<Day> {
        let steps = [self.closed, self.reopened].into_iter().flatten();
        steps.filter_map(|step| step.day()).max()
    }

    /// Takes an event in; `own` is the person in whose stream it stands.
    pub(super) fn evolve(&mut self, event: &CaseEvent, own: Option<ChildId>, step: Step) {
        match event {
            CaseEvent::Closed(_) => self.closed = Some(step),
            CaseEvent::Reopened(_) => {
                self.closed = None;
                self.reopened = Some(step);
            },
            CaseEvent::DuplicateSuspected(it) => drop(self.suspected.insert(it.other)),
            CaseEvent::DuplicateDismissed(it) => drop(self.suspected.remove(&it.other)),
            CaseEvent::Merged(it) => {
                self.suspected.remove(&it.survivor);
                self.suspected.remove(&it.absorbed);
                self.merged = Some(step);
                if own == Some(it.absorbed) {
                    self.absorbed_into = Some(it.survivor);
                } else {
                    self.absorbed.insert(it.absorbed);
                }
            },
            CaseEvent::MergeUndone(it) => {
                if own == Some(it.absorbed) {
                    self.absorbed_into = None;
                } else {
                    self.absorbed.remove(&it.absorbed);
                }
            },
        }
    }
}
