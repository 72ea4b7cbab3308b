//! Opens an account under a name that nobody had before.

use schemars::JsonSchema;
use serde::Deserialize;

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{AccountEvent, AccountOpened, Draft};
use ledger_core::id::{AccountId, LedgerId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use super::assignable;
use crate::authorise::account;
use crate::command::when::{When, when};
use crate::decision::{Context, Single};
use crate::rejection::{Reason, Rejection};
use crate::rule::text::private;
use crate::rule::time;
use crate::state::Account;

/// Opens an account under a name that nobody had before, also not in other letters' case.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAccount {
    /// The account's new id, which follows from its name.
    pub account: AccountId,
    /// When.
    #[serde(deserialize_with = "when")]
    #[schemars(with = "When")]
    pub occurred: Occurred,
    /// Its name, under which events are recorded; never a person's name.
    pub name: Actor,
    /// In which role.
    pub role: Role,
    /// Of which office, where it is not the centre.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// Who it is.
    #[serde(default)]
    pub person: Option<String>,
}

impl Single for OpenAccount {
    type State = Account;

    fn stream(&self, _ledger: LedgerId) -> StreamName {
        StreamName::account(self.account)
    }

    fn drafts(&self, known: &Account, context: &Context) -> Result<Vec<Draft>, Rejection> {
        if known.name.is_some() {
            return Err(Reason::AlreadyRegistered.on("name"));
        }
        if account::stream(context.ledger, &self.name) != StreamName::account(self.account) {
            return Err(Reason::WrongStream.on("account"));
        }
        if is_reserved(self.name.as_str()) {
            return Err(Reason::ReservedName.on("name"));
        }
        assignable(self.role)?;
        time::occurred(self.occurred, context, "occurred")?;
        let event = AccountEvent::Opened(AccountOpened {
            account: self.account,
            name: self.name.clone(),
            role: self.role,
            organisation: self.organisation,
            person: private(self.person.as_deref()),
        });
        Ok(vec![Draft::new(event, self.occurred)])
    }
}

/// Names of the program and of those who are not signed in.
fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == Actor::system().as_str() || name.starts_with("os:")
}
