//! Who acts in a simulated trial: invented accounts, each in its role.

use ledger_core::actor::{Actor, ActorError, Role};

/// Somebody who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Whoever set the ledger up, before anybody had an account.
    Founder,
    /// The program itself.
    System,
    /// The keeper of accounts.
    Admin,
    /// The manager of the centre.
    Manager,
    /// An advisor or public-health nurse, counted from 0.
    Staff(u32),
    /// The auditor.
    Auditor,
    /// The committee's secretariat.
    Committee,
}

impl Who {
    /// The account's name.
    pub(super) fn name(self) -> String {
        match self {
            Self::Founder => "os:mihon".to_owned(),
            Self::System => Actor::system().as_str().to_owned(),
            Self::Admin => "mihon-admin".to_owned(),
            Self::Manager => "mihon-manager".to_owned(),
            Self::Staff(index) => format!("mihon-staff-{}", index.saturating_add(1)),
            Self::Auditor => "mihon-auditor".to_owned(),
            Self::Committee => "mihon-committee".to_owned(),
        }
    }

    /// The role.
    pub(super) const fn role(self) -> Role {
        match self {
            Self::Founder => Role::Unauthenticated,
            Self::System => Role::System,
            Self::Admin => Role::Admin,
            Self::Manager => Role::Manager,
            Self::Staff(_) => Role::Staff,
            Self::Auditor => Role::Auditor,
            Self::Committee => Role::Committee,
        }
    }

    /// As commands name somebody.
    pub(super) fn actor(self) -> Result<Actor, ActorError> {
        Actor::new(self.name())
    }
}
