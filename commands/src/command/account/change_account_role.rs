//! Changes the role in which an account acts; nobody changes their own.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::Role;
use ledger_core::event::{AccountEvent, AccountRoleChanged, Draft};
use ledger_core::id::{AccountId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::{assignable, others_open};
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::state::Account;

/// Changes the role in which an account acts; nobody changes their own.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAccountRole {
    /// The account.
    pub account: AccountId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// The role from now on.
    pub role: Role,
}

impl Single for ChangeAccountRole {
    type State = Account;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::account(self.account)
    }

    fn drafts(&self, account: &Account, context: &Context) -> Result<Vec<Draft>, Rejection> {
        let known = others_open(account, self.occurred, context)?;
        assignable(self.role)?;
        if known == self.role {
            return Err(Reason::NothingChanges.on("role"));
        }
        let event = AccountEvent::RoleChanged(AccountRoleChanged {
            account: self.account,
            role: self.role,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
