//! An account of somebody who works with the ledger.

use ledger_core::actor::{Actor, Role};
use ledger_core::event::{AccountEvent, Event};

use super::Happened;

/// One account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its name; none before it is opened.
    pub name: Option<Actor>,
    /// In which role it may be used now; none before it is opened and after it is closed.
    pub role: Option<Role>,
}

impl Account {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Account(event) = happened.event else {
            return;
        };
        match event {
            AccountEvent::Opened(opened) => {
                self.name = Some(opened.name.clone());
                self.role = Some(opened.role);
            },
            AccountEvent::RoleChanged(changed) => {
                self.role = self.role.and(Some(changed.role));
            },
            AccountEvent::Closed(_) => self.role = None,
        }
    }
}
