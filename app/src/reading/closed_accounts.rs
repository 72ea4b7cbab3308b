//! Which accounts are closed: whom they were put in charge of stays so until somebody else is.

use std::collections::BTreeSet;

use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::id::Position;

use super::histories;
use crate::failure::Failure;
use crate::wiring::OpenLedger;

/// The names of the accounts that are closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosedAccounts(BTreeSet<String>);

impl ClosedAccounts {
    /// Those that are closed at a position.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub async fn read(open: &OpenLedger, as_at: Position) -> Result<Self, Failure> {
        let found = histories(open, "account-", as_at).await?;
        let known = found.iter().filter_map(|(stream, history)| {
            let folded = Folded::of_history(stream, history);
            Account::of(folded.state()).cloned()
        });
        let closed = known.filter(|account| account.role.is_none());
        let names = closed.filter_map(|account| account.name);
        Ok(Self(names.map(|name| name.to_string()).collect()))
    }

    /// Whether an account is closed; one that was never opened is not.
    #[must_use]
    pub fn has(&self, account: &str) -> bool {
        self.0.contains(account)
    }
}
