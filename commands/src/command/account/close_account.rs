//! Closes an account; nobody closes their own.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::event::{AccountClosed, AccountEvent, Draft};
use ledger_core::id::{AccountId, LedgerId, StreamName};
use ledger_core::time::Occurred;

use super::others_open;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::Rejection;
use crate::state::Account;

/// Closes an account; nobody closes their own.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseAccount {
    /// The account.
    pub account: AccountId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
}

impl Single for CloseAccount {
    type State = Account;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::account(self.account)
    }

    fn drafts(&self, account: &Account, context: &Context) -> Result<Vec<Draft>, Rejection> {
        others_open(account, self.occurred, context)?;
        let event = AccountEvent::Closed(AccountClosed {
            account: self.account,
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}
