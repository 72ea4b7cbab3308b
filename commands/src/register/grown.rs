//! A row of which more cells are filled than when it was recorded: only what is new becomes events.

use ledger_core::code::CorrectionReason;
use ledger_core::event::Draft;
use ledger_core::history::History;
use ledger_core::id::{CommandId, EventId, LedgerId};
use ledger_core::time::{Day, Occurred};

use super::{RegisterRow, command};
use crate::correction::{Change, Patch, corrected};
use crate::rejection::{Reason, Rejection};

/// A referral's or plan's row whose filled cells are unchanged and that fills empty ones.
///
/// A step whose day is filled now is recorded; a cell that belongs to a step recorded before
/// corrects that step, with the reason "omission". Whether the filled cells are unchanged is the
/// caller's to know, from the MAC over them.
#[derive(Clone, PartialEq, Eq)]
pub struct Grown<R> {
    pub(super) row: R,
    newly: Vec<&'static str>,
}

impl<R: RegisterRow> Grown<R> {
    /// The row as it is now, and the columns that were filled before.
    pub fn new<S: AsRef<str>>(row: R, before: &[S]) -> Self {
        let mut newly = row.filled();
        newly.retain(|column| !before.iter().any(|known| known.as_ref() == *column));
        Self { row, newly }
    }

    /// The row as it is now.
    pub const fn row(&self) -> &R {
        &self.row
    }

    /// The newly filled columns, in the register's order.
    pub fn newly(&self) -> &[&'static str] {
        &self.newly
    }

    /// The id of the command that records the growth.
    pub fn command(&self, ledger: LedgerId) -> CommandId {
        command(ledger, R::REGISTER, &self.row.key(), &self.newly)
    }

    /// Whether a column is filled now and was not before.
    pub(super) fn is_new(&self, column: &str) -> bool {
        self.newly.contains(&column)
    }

    /// A value where its column is filled now and was not before.
    pub(super) fn new_value<T: Clone>(&self, column: &str, value: Option<&T>) -> Option<T> {
        value.filter(|_| self.is_new(column)).cloned()
    }
}

/// Corrects a recorded step by what its row says now.
pub(super) fn complete(
    history: &History,
    target: EventId,
    patch: &Patch,
    occurred: Option<Occurred>,
    stands_on: Option<Day>,
) -> Result<Option<Draft>, Rejection> {
    if patch.is_empty() && occurred.is_none() {
        return Ok(None);
    }
    let entry = history.find(target).ok_or(Reason::UnknownEvent)?;
    let change = Change {
        patch,
        occurred,
        stands_on,
        reason: CorrectionReason::Omission,
        explanation: None,
    };
    match corrected(entry, &change) {
        Ok((draft, _)) => Ok(Some(draft)),
        // Somebody wrote the same by hand before the register did.
        Err(rejection) if rejection.reason == Reason::NothingChanges => Ok(None),
        Err(rejection) => Err(rejection),
    }
}
