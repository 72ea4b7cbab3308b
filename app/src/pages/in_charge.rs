//! 担当: who is in charge, an account that is closed marked as such.

use super::language::{listed, t};
use crate::reading::ClosedAccounts;

/// An account in charge.
pub(super) fn named(account: &str, closed: &ClosedAccounts) -> String {
    if closed.has(account) {
        return format!("{account}{}", t("（利用終了）", " (closed)"));
    }
    account.to_owned()
}

/// Several of them.
pub(super) fn all_named(accounts: &[String], closed: &ClosedAccounts) -> String {
    let names = accounts.iter().map(|account| named(account, closed));
    listed(&names.collect::<Vec<_>>())
}

/// Whether somebody is in charge whose account is closed.
pub(super) fn has_left(accounts: &[String], closed: &ClosedAccounts) -> bool {
    accounts.iter().any(|account| closed.has(account))
}
