//! Commands about a case as a whole, and about two cases of one person.

mod close_case;
mod dismiss_duplicate;
mod merge_cases;
mod reopen_case;
mod suspect_duplicate;
mod undo_merge;

pub use close_case::CloseCase;
pub use dismiss_duplicate::DismissDuplicate;
pub use merge_cases::MergeCases;
pub use reopen_case::ReopenCase;
pub use suspect_duplicate::SuspectDuplicate;
pub use undo_merge::UndoMerge;

use ledger_core::event::{CaseEvent, Draft};
use ledger_core::id::{ChildId, StreamName};
use ledger_core::time::Occurred;

use crate::decision::{Context, View, Written};
use crate::rejection::{Reason, Rejection};
use crate::rule::person::{flag_early, is_known};
use crate::state::Child;

/// Two cases that a command is about, in the command's order.
struct Pair<'a> {
    first: &'a Child,
    second: &'a Child,
    persons: [(ChildId, &'static str); 2],
}

impl<'a> Pair<'a> {
    /// The two cases, each with the command's field that names it.
    fn of(view: View<'a>, persons: [(ChildId, &'static str); 2]) -> Result<Self, Rejection> {
        let [(first, _), (second, field)] = persons;
        if first == second {
            return Err(Reason::SamePerson.on(field));
        }
        Ok(Self {
            first: view.state(&StreamName::child(first))?,
            second: view.state(&StreamName::child(second))?,
            persons,
        })
    }

    fn each(&self) -> [(&'a Child, &'static str); 2] {
        let [(_, first), (_, second)] = self.persons;
        [(self.first, first), (self.second, second)]
    }

    /// Both persons are registered, and the time is right for both.
    fn are_known(&self, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
        let named = |field| {
            move |rejection: Rejection| match rejection.field {
                Some("child") => rejection.on(field),
                Some(_) | None => rejection,
            }
        };
        let mut each = self.each().into_iter();
        each.try_for_each(|(child, field)| is_known(child, occurred, context).map_err(named(field)))
    }

    /// Neither case is an alias.
    fn are_no_aliases(&self) -> Result<(), Rejection> {
        let mut each = self.each().into_iter();
        let alias = each.find(|(child, _)| child.case.absorbed_into.is_some());
        alias.map_or(Ok(()), |(_, field)| Err(Reason::CaseMerged.on(field)))
    }

    /// One event for each of the two streams.
    fn written(&self, events: [CaseEvent; 2], occurred: Occurred) -> Vec<Written> {
        let streams = self.persons.map(|(child, _)| StreamName::child(child));
        let children = self.each().map(|(child, _)| child);
        let parts = streams.into_iter().zip(children).zip(events);
        let written = parts.map(|((stream, child), event)| Written {
            stream,
            drafts: flag_early(child, vec![Draft::new(event, occurred)]),
        });
        written.collect()
    }
}
