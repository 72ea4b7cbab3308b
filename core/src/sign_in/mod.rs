//! What signing in needs and no event may hold: passwords' hashes, second factors, invitations, sessions of
//! the browser, tokens of programs and what came under their keys, in the key store's database.

mod kept_form;
mod postgres;
mod request;
mod second;
mod secret;
mod session;
mod sqlite;
mod table;
mod token;

pub use kept_form::FormKey;
pub use second::{CodeSecret, Last, Purpose, Removal, StoredPasskey};
pub use secret::{Digest, Secret};
pub use session::{OwnSession, Place};
pub use token::Token;

use std::path::Path;

use tokio_postgres::Config;

use self::table::{Asked, Line, Tables, Value};
use crate::actor::{Actor, Role};
use crate::seal::KeyEncryptionKey;
use crate::time::Timestamp;

/// Why sign-ins cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The database failed.
    #[error("the sign-ins cannot be read or written")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The secret of an account's codes was wrapped by another key-encryption key.
    #[error("the secret of one-time codes is wrapped by another key-encryption key")]
    OtherKey,
    /// A column does not hold what the program put there.
    #[error("column {0} of a sign-in does not hold what it should")]
    Column(usize),
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account.
    pub account: Actor,
    /// Since when.
    pub begun_at: Timestamp,
    /// When it was used last.
    pub seen_at: Timestamp,
    /// The role for which all that it asks for was shown; none where something is still to be shown.
    pub proven_for: Option<Role>,
}

/// Who may sign in, and who is signed in. Secrets are known to browsers alone; here is their digest.
///
/// Every change is durable when its call returns.
pub struct SignIns {
    tables: Box<dyn Tables>,
    /// Wraps the secrets of codes, which must be read again; the keys of forms kept in a browser follow from it.
    kek: KeyEncryptionKey,
}

impl SignIns {
    /// Those beside the keys in an SQLite file; the tables are made where they are missing.
    ///
    /// # Errors
    /// [`SignInError`] when the file cannot be opened or written.
    pub async fn sqlite(path: &Path, kek: KeyEncryptionKey) -> Result<Self, SignInError> {
        Self::prepared(Box::new(sqlite::open(path)?), kek).await
    }

    /// Those beside the keys in a PostgreSQL database; the tables are made where they are missing.
    ///
    /// # Errors
    /// [`SignInError`] when the database does not answer or may not be written.
    pub async fn postgres(config: Config, kek: KeyEncryptionKey) -> Result<Self, SignInError> {
        Self::prepared(Box::new(postgres::open(config)?), kek).await
    }

    async fn prepared(tables: Box<dyn Tables>, kek: KeyEncryptionKey) -> Result<Self, SignInError> {
        tables.prepare().await?;
        Ok(Self { tables, kek })
    }

    /// The hash of an account's password; none where it never set one.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn password(&self, account: &Actor) -> Result<Option<String>, SignInError> {
        let asked = ask(include_str!("sql/password.sql"), [account.into()]);
        self.first(asked)
            .await?
            .map(|line| line.text(0))
            .transpose()
    }

    /// Whether nobody can sign in: no account has a password.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn is_empty(&self) -> Result<bool, SignInError> {
        let found = self.first(ask(include_str!("sql/any_password.sql"), []));
        Ok(found.await?.is_none())
    }

    /// Lets whoever has the secret set the account's password, once and until then. An earlier
    /// invitation of the account is worth nothing any more, and is known as replaced.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn invite(
        &self,
        account: &Actor,
        secret: &Digest,
        until: Timestamp,
    ) -> Result<(), SignInError> {
        let values = [secret.into(), account.into(), until.into()];
        let batch = vec![
            ask(
                include_str!("sql/invitation_replaced_new.sql"),
                [account.into()],
            ),
            ask(include_str!("sql/invitation_new.sql"), values),
        ];
        self.tables.transact(batch).await.map(drop)
    }

    /// Whether an invitation was replaced by a later one before it was used.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn is_replaced(&self, secret: &Digest) -> Result<bool, SignInError> {
        let asked = ask(include_str!("sql/invitation_replaced.sql"), [secret.into()]);
        Ok(self.first(asked).await?.is_some())
    }

    /// Whom an invitation is for; none where it is not there, used or over.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn invited(
        &self,
        secret: &Digest,
        now: Timestamp,
    ) -> Result<Option<Actor>, SignInError> {
        let asked = ask(include_str!("sql/invited.sql"), [secret.into(), now.into()]);
        self.first(asked)
            .await?
            .map(|line| line.actor(0))
            .transpose()
    }

    /// Sets the password of whom an invitation is for, ends the account's sessions and uses the
    /// invitation up. None, and nothing done, where it is not there, used or over; of two at once one
    /// succeeds.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn accept(
        &self,
        secret: &Digest,
        password: &str,
        now: Timestamp,
    ) -> Result<Option<Actor>, SignInError> {
        let (digest, hash): (Value, Value) = (secret.into(), password.into());
        let taken = [digest.clone(), hash.clone()];
        let batch = vec![
            ask(
                include_str!("sql/invitation_take.sql"),
                [digest, hash, now.into()],
            ),
            ask(
                include_str!("sql/password_of_invited.sql"),
                taken.clone().into_iter().chain([now.into()]),
            ),
            ask(include_str!("sql/sessions_of_invited.sql"), taken.clone()),
            ask(include_str!("sql/invitation_used.sql"), taken),
        ];
        let answers = self.tables.transact(batch).await?;
        let invited = answers.into_iter().next().unwrap_or_default();
        invited.first().map(|line| line.actor(0)).transpose()
    }

    /// Sets the password of an account that has one anew, and ends its sessions but for one, in which that is done.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn set_password(
        &self,
        (account, session): (&Actor, &Digest),
        password: &str,
        now: Timestamp,
    ) -> Result<(), SignInError> {
        let batch = vec![
            ask(
                include_str!("sql/password_set.sql"),
                [account.into(), password.into(), now.into()],
            ),
            ask(
                include_str!("sql/sessions_end_others.sql"),
                [account.into(), session.into()],
            ),
        ];
        self.tables.transact(batch).await.map(drop)
    }

    /// Signs an account in.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn begin(
        &self,
        secret: &Digest,
        account: &Actor,
        now: Timestamp,
    ) -> Result<(), SignInError> {
        let values = [secret.into(), account.into(), now.into()];
        self.done(ask(include_str!("sql/session_new.sql"), values))
            .await
    }

    /// Who is signed in with a secret; whether the session has run out is the caller's to say.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn session(&self, secret: &Digest) -> Result<Option<Session>, SignInError> {
        let found = self.first(ask(include_str!("sql/session.sql"), [secret.into()]));
        let Some(line) = found.await? else {
            return Ok(None);
        };
        Ok(Some(Session {
            account: line.actor(0)?,
            begun_at: line.time(1)?,
            seen_at: line.time(2)?,
            proven_for: Role::of_account(&line.text(3)?),
        }))
    }

    /// Notes that a session is used.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn seen(&self, secret: &Digest, now: Timestamp) -> Result<(), SignInError> {
        let values = [secret.into(), now.into()];
        self.done(ask(include_str!("sql/session_seen.sql"), values))
            .await
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn end(&self, secret: &Digest) -> Result<(), SignInError> {
        self.done(ask(include_str!("sql/session_end.sql"), [secret.into()]))
            .await
    }

    /// Forgets sessions that began before a moment with what they proved and where, and invitations, challenges,
    /// tokens and requests of programs that ended before it.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn forget(&self, before: Timestamp) -> Result<(), SignInError> {
        let batch = vec![
            ask(include_str!("sql/sessions_forget.sql"), [before.into()]),
            ask(include_str!("sql/invitations_forget.sql"), [before.into()]),
            ask(include_str!("sql/tokens_forget.sql"), [before.into()]),
            ask(include_str!("sql/challenges_forget.sql"), [before.into()]),
            ask(include_str!("sql/proofs_forget.sql"), []),
            ask(include_str!("sql/places_forget.sql"), []),
            ask(include_str!("sql/replaced_forget.sql"), [before.into()]),
            ask(include_str!("sql/requests_forget.sql"), [before.into()]),
        ];
        self.tables.transact(batch).await.map(drop)
    }

    async fn done(&self, asked: Asked) -> Result<(), SignInError> {
        self.tables.transact(vec![asked]).await.map(drop)
    }

    async fn first(&self, asked: Asked) -> Result<Option<Line>, SignInError> {
        let answers = self.tables.transact(vec![asked]).await?;
        let lines = answers.into_iter().next().unwrap_or_default();
        Ok(lines.into_iter().next())
    }
}

fn ask(sql: &'static str, values: impl IntoIterator<Item = Value>) -> Asked {
    Asked {
        sql,
        values: values.into_iter().collect(),
    }
}
