//! Who acts, and in which role.

use std::fmt;

use schemars::JsonSchema;
use serde::de::IntoDeserializer as _;
use serde::de::value::{self, StrDeserializer};
use serde::{Deserialize, Serialize};

/// An account name or pseudonym, never a person's name: 1 to 100 of `A-Z a-z 0-9 . _ : @ -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Actor(String);

/// A text that is not an account name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an actor is an account name of 1 to 100 characters A-Z a-z 0-9 . _ : @ -, not a person's name"
)]
pub struct ActorError;

crate::schema::text_schema!(Actor, {"pattern": "^[A-Za-z0-9._:@-]{1,100}$"});

impl Actor {
    /// Checks and takes an account name.
    ///
    /// # Errors
    /// [`ActorError`] when it is empty, too long or has other characters.
    pub fn new(text: impl Into<String>) -> Result<Self, ActorError> {
        let text = text.into();
        let plain = |c: char| c.is_ascii_alphanumeric() || "._:@-".contains(c);
        if (1..=100).contains(&text.len()) && text.chars().all(plain) {
            Ok(Self(text))
        } else {
            Err(ActorError)
        }
    }

    /// The program itself, for what no person does (first settings of a ledger).
    #[must_use]
    pub fn system() -> Self {
        Self("system".to_owned())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Actor {
    type Error = ActorError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.0
    }
}

/// The role in which somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Role {
    /// Advisors and public-health nurses of the centre.
    Staff,
    /// The manager of the centre.
    Manager,
    /// Auditors who replay history.
    Auditor,
    /// Members of the steering committee.
    Committee,
    /// Keepers of accounts and settings.
    Admin,
    /// The program itself.
    System,
    /// Somebody at the command line who has not signed in: the name is only what they say.
    Unauthenticated,
}

impl Role {
    /// The roles that an account can have, each with its Japanese term.
    pub const OF_ACCOUNTS: &'static [crate::code::Term] = &[
        ("staff", "相談員・保健師"),
        ("manager", "センター長"),
        ("auditor", "監査人"),
        ("committee", "運営委員会"),
        ("admin", "システム管理者"),
    ];

    /// Its stored name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::Auditor => "auditor",
            Self::Committee => "committee",
            Self::Admin => "admin",
            Self::System => "system",
            Self::Unauthenticated => "unauthenticated",
        }
    }

    /// The role of a code that an account can have.
    #[must_use]
    pub fn of_account(code: &str) -> Option<Self> {
        let code: StrDeserializer<'_, value::Error> = code.into_deserializer();
        let role = Self::deserialize(code).ok();
        role.filter(|role| role.is_of_accounts())
    }

    /// Whether an account can have it; the others stand for the program and for nobody known.
    #[must_use]
    pub const fn is_of_accounts(self) -> bool {
        match self {
            Self::Staff | Self::Manager | Self::Auditor | Self::Committee | Self::Admin => true,
            Self::System | Self::Unauthenticated => false,
        }
    }
}
