//! Tokens, with which programs sign in: made for an account and a while, and taken back all at once.

use super::{Digest, SignInError, SignIns, ask};
use crate::actor::Actor;
use crate::time::Timestamp;

/// A token as its account's owner may see it: the secret is known to the program alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The beginning of its digest, which tells tokens apart.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// How many digits of a digest tell tokens apart.
const NAME: usize = 8;

impl Token {
    /// The name of a token, from the digest of its secret.
    #[must_use]
    pub fn name_of(secret: &Digest) -> String {
        named(secret.as_str())
    }
}

fn named(digest: &str) -> String {
    digest.chars().take(NAME).collect()
}

impl SignIns {
    /// Lets whoever has the secret act as the account, until then.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn make_token(
        &self,
        secret: &Digest,
        account: &Actor,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<(), SignInError> {
        let values = [secret.into(), account.into(), now.into(), until.into()];
        self.done(ask(include_str!("sql/token_new.sql"), values))
            .await
    }

    /// Whose token a secret is; none where it is not there, taken back or over.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn token(
        &self,
        secret: &Digest,
        now: Timestamp,
    ) -> Result<Option<Actor>, SignInError> {
        let asked = ask(include_str!("sql/token.sql"), [secret.into(), now.into()]);
        self.first(asked)
            .await?
            .map(|line| line.actor(0))
            .transpose()
    }

    /// The tokens of an account, the oldest first; those that are over as long as they are not forgotten.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn tokens(&self, account: &Actor) -> Result<Vec<Token>, SignInError> {
        let asked = ask(include_str!("sql/tokens.sql"), [account.into()]);
        let answers = self.tables.transact(vec![asked]).await?;
        let lines = answers.into_iter().flatten();
        let tokens = lines.map(|line| {
            Ok(Token {
                name: named(&line.text(0)?),
                made_at: line.time(1)?,
                until: line.time(2)?,
            })
        });
        tokens.collect()
    }

    /// Takes every token of an account back; how many there were.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn revoke_tokens(&self, account: &Actor) -> Result<usize, SignInError> {
        let asked = ask(include_str!("sql/tokens_revoke.sql"), [account.into()]);
        let answers = self.tables.transact(vec![asked]).await?;
        Ok(answers.into_iter().flatten().count())
    }
}
