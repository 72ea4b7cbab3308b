//! Commands about accounts; what somebody signs in with is never an event.

mod change_account_role;
mod close_account;
mod open_account;

pub use change_account_role::ChangeAccountRole;
pub use close_account::CloseAccount;
pub use open_account::OpenAccount;

use ledger_core::actor::Role;
use ledger_core::time::Occurred;

use crate::authorise::account::role;
use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::time;
use crate::state::Account;

/// The role of an account that may be used, and is not the one that its own changes.
fn others_open(
    account: &Account,
    occurred: Occurred,
    context: &Context,
) -> Result<Role, Rejection> {
    let role = role(account, "account")?;
    if account.name.as_ref() == Some(&context.actor) {
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
