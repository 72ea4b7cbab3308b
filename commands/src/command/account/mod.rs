//! Commands about accounts; what somebody signs in with is never an event.

mod change_account_role;
mod close_account;
mod open_account;

pub use change_account_role::ChangeAccountRole;
pub use close_account::CloseAccount;
pub use open_account::OpenAccount;

use ledger_core::actor::Role;
use ledger_core::time::Occurred;

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Account;

/// The kind of thing that the id of an account is derived for, from its name.
pub(super) const KIND: &str = "account";

/// The role of an account that may be used, and is not the one that its own changes.
fn others_open(
    account: &Account,
    occurred: Occurred,
    context: &Context,
) -> Result<Role, Rejection> {
    let name = account.name.as_ref();
    let name = name.ok_or(Reason::AccountNotFound.on("account"))?;
    let role = account.role.ok_or(Reason::AccountClosed.on("account"))?;
    if *name == context.actor {
        return Err(Reason::OwnAccount.on("account"));
    }
    time::occurred(occurred, context, "occurred")?;
    Ok(role)
}

/// An account has one of the roles of people.
fn assignable(role: Role) -> Result<(), Rejection> {
    if role.is_of_accounts() {
        Ok(())
    } else {
        Err(Reason::UnknownCode.on("role"))
    }
}
