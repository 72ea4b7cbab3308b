//! The second factor: which roles are asked for one, and what an account registered.

use ledger_commands::state::{Folded, Programme, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::StreamName;
use ledger_core::sign_in::{SignInError, SignIns, StoredPasskey};
use ledger_core::store::LedgerStore;

use crate::failure::Failure;
use crate::reading::closed_history;

/// Whether a role signs in with a second factor, by the rule as it is now.
///
/// # Errors
/// [`Failure`] when the settings cannot be read.
pub async fn is_required(store: &dyn LedgerStore, role: Role) -> Result<bool, Failure> {
    Ok(settings(store).await?.second_factor(role))
}

/// The settings that say which roles are asked.
///
/// # Errors
/// [`Failure`] when they cannot be read.
pub async fn settings(store: &dyn LedgerStore) -> Result<Programme, Failure> {
    let stream = StreamName::programme();
    let history = closed_history(store, &stream, None).await?;
    let folded = Folded::of_history(&stream, &history);
    Ok(Programme::of(folded.state()).cloned().unwrap_or_default())
}

/// What an account registered besides its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Codes of an app.
    pub codes: bool,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<StoredPasskey>,
}

impl Registered {
    /// That of an account.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn of(sign_ins: &SignIns, account: &Actor) -> Result<Self, SignInError> {
        Ok(Self {
            codes: sign_ins.has_codes(account).await?,
            passkeys: sign_ins.passkeys(account).await?,
        })
    }

    /// Nothing is registered.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.passkeys.is_empty() && !self.codes
    }

    /// How many there are.
    #[must_use]
    pub fn number(&self) -> usize {
        self.passkeys.len().saturating_add(usize::from(self.codes))
    }
}
