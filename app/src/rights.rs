//! Whether the account that somebody names may do what they ask; without personal text, without keys.

use ledger_commands::authorise::{Action, Assignment, Subject, account, authorise};
use ledger_commands::state::{Account, Folded, StreamState as _};
use ledger_core::actor::{Actor, Role};
use ledger_core::event::AccessEvent;
use ledger_core::id::StreamName;
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

/// The category of streams that only those read who review the ledger.
const REVIEWED: &str = "access";

/// Whether a role reads every event of the log, text closed; else those of access streams are left out.
#[must_use]
pub fn reads_all(role: Role) -> bool {
    reads(role, Some(REVIEWED))
}

/// The categories of streams that are left out of what a role reads.
#[must_use]
pub fn left_out(role: Role) -> &'static [&'static str] {
    if reads_all(role) { &[] } else { &[REVIEWED] }
}

/// Whether a role reads the events of a category of streams, text closed.
#[must_use]
pub fn reads(role: Role, category: Option<&str>) -> bool {
    let action = Action::to_read(category);
    authorise(role, action, Subject::Ledger, Assignment::None).is_ok()
}

/// Whether a role reads events of a type, text closed.
#[must_use]
pub fn reads_type(role: Role, event_type: &str) -> bool {
    let mut reviewed = AccessEvent::TYPES.iter().map(|info| info.name);
    reads_all(role) || !reviewed.any(|name| name == event_type)
}

/// Refuses a role that does not read the events of a stream, text closed.
///
/// # Errors
/// [`Failure`] where it does not.
pub fn may_read(role: Role, stream: &StreamName) -> Result<(), Failure> {
    let action = Action::to_read(stream.category());
    let allowed = authorise(role, action, Subject::Ledger, Assignment::None);
    allowed.map_err(|rejection| rejection_failure(&rejection))
}
