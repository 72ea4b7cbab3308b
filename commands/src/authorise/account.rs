//! The account behind a name: in whose stream it is, and in which role it acts.

use ledger_core::actor::{Actor, Role};
use ledger_core::id::{AccountId, LedgerId, StreamName};

use crate::rejection::{Reason, Rejection};
use crate::state::Account;

/// The kind of thing that the id of an account is derived for, from its name.
pub(crate) const KIND: &str = "account";

/// The stream of the account that has a name, whether it was ever opened or not.
#[must_use]
pub fn stream(ledger: LedgerId, name: &Actor) -> StreamName {
    StreamName::account(AccountId::new(ledger.derive(KIND, &[name.as_str()])))
}

/// The role of an account that is open.
///
/// # Errors
/// [`Reason::AccountNotFound`] and [`Reason::AccountClosed`] on `field`.
pub(crate) fn role(account: &Account, field: &'static str) -> Result<Role, Rejection> {
    if account.name.is_none() {
        return Err(Reason::AccountNotFound.on(field));
    }
    account.role.ok_or_else(|| Reason::AccountClosed.on(field))
}

/// In which role somebody acts: in that of the account that has the name.
///
/// A name that is no account keeps the role with which it came.
///
/// # Errors
/// [`Reason::AccountClosed`] on `actor`: such a name is used no more, whoever says it;
/// [`Reason::NoPermission`] on `role` when somebody was signed in for another role than the account
/// has by now.
pub fn acting(given: Role, account: &Account) -> Result<Role, Rejection> {
    if account.name.is_none() || given == Role::System {
        return Ok(given);
    }
    let own = role(account, "actor")?;
    if given.is_of_accounts() && given != own {
        return Err(Reason::NoPermission.on("role"));
    }
    Ok(own)
}
