//! Accounts of those who work with the ledger; what they sign in with is never an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::{Actor, Role};
use crate::id::{AccountId, OrganisationId};
use crate::private::Private;

events! {
    /// One account.
    pub enum AccountEvent {
        /// Somebody may work with the ledger.
        "account-opened" @ 1 identity => Opened(AccountOpened),
        /// The account acts in another role from now on.
        "account-role-changed" @ 1 clear => RoleChanged(AccountRoleChanged),
        /// The account may be used no longer.
        "account-closed" @ 1 clear => Closed(AccountClosed),
    }
}

/// Somebody may work with the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountOpened {
    /// The account.
    pub account: AccountId,
    /// Its name, under which events are recorded.
    pub name: Actor,
    /// In which role.
    pub role: Role,
    /// Of which office, where it is not the centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Who it is.
    pub person: Private<Option<String>>,
}

/// An account acts in another role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountRoleChanged {
    /// The account.
    pub account: AccountId,
    /// The role.
    pub role: Role,
}

/// An account may be used no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountClosed {
    /// The account.
    pub account: AccountId,
}
