//! Whether the account that somebody names may do what they ask; without personal text, without keys.

use ledger_commands::authorise::{Action, Assignment, Subject, account, authorise};
use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::store::LedgerStore;

use crate::failure::Failure;
use crate::fault::rejection_failure;
use crate::reading::closed_history;

/// The role in which somebody who is not signed in, and gives this name, may do something to the
/// ledger as a whole.
///
/// # Errors
/// [`Failure`] when the account that has the name may not, or is closed; when it cannot be read.
pub async fn may(store: &dyn LedgerStore, actor: &Actor, action: Action) -> Result<Role, Failure> {
    let known = account_named(store, actor).await?;
    let role = account::acting(Role::Unauthenticated, &known);
    let role = role.map_err(|rejection| rejection_failure(&rejection))?;
    let allowed = authorise(role, action, Subject::Ledger, Assignment::None);
    allowed.map_err(|rejection| rejection_failure(&rejection))?;
    Ok(role)
}

/// The account that has a name, as it is now; one without a name where it was never opened.
///
/// # Errors
/// [`Failure`] when it cannot be read.
pub async fn account_named(store: &dyn LedgerStore, name: &Actor) -> Result<Account, Failure> {
    let stream = account::stream(store.ledger_id(), name);
    let history = closed_history(store, &stream, None).await?;
    let folded = Folded::of_history(&stream, &history);
    Ok(Account::of(folded.state()).cloned().unwrap_or_default())
}
