//! Second factors: codes of an app and passkeys, the challenges of their use, and what a session has proven.

use zeroize::Zeroizing;

use super::{Asked, Digest, SignInError, SignIns, Value, ask};
use crate::actor::{Actor, Role};
use crate::seal::Randomness;
use crate::time::Timestamp;

/// Wrong codes in a row after which an account's codes are of no use any more, until they are registered
/// anew: NIST SP 800-63B-4 (section 3.2.2) allows a hundred.
const WRONG_MAX: i64 = 100;

/// The secret that an app and the ledger share, from which codes follow.
pub type CodeSecret = Zeroizing<[u8; 32]>;

/// For what a challenge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To register codes: the secret that the app was shown.
    NewCodes,
    /// To add a passkey.
    NewPasskey,
    /// To show a passkey.
    Passkey,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::NewCodes => "new-codes",
            Self::NewPasskey => "new-passkey",
            Self::Passkey => "passkey",
        }
    }
}

/// A passkey that an account registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPasskey {
    /// Its credential's id, as the browser says it.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// Its public key and counter, as the library writes them.
    pub credential: String,
    /// When it was added.
    pub added_at: Timestamp,
}

/// Whether an account may be left with no second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// The role asks for one: the last stays.
    Stays,
    /// It may go.
    MayGo,
}

impl Last {
    const fn value(self) -> Value {
        Value::Int(match self {
            Self::Stays => 1,
            Self::MayGo => 0,
        })
    }
}

/// What came of taking a second factor away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It is gone.
    Done,
    /// It stays, as it is the last.
    IsLast,
    /// There was none such.
    NotThere,
}

impl SignIns {
    /// Whether an account registered codes of an app.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn has_codes(&self, account: &Actor) -> Result<bool, SignInError> {
        let asked = ask(include_str!("sql/code_any.sql"), [account.into()]);
        Ok(self.first(asked).await?.is_some())
    }

    /// The secret of an account's codes; none where none is registered, or too many wrong codes came.
    ///
    /// # Errors
    /// [`SignInError`]; also when another key-encryption key wrapped it.
    pub async fn codes(&self, account: &Actor) -> Result<Option<CodeSecret>, SignInError> {
        let values = [account.into(), Value::Int(WRONG_MAX)];
        let found = self
            .first(ask(include_str!("sql/code.sql"), values))
            .await?;
        let wrapped = found.map(|line| line.text(0)).transpose()?;
        wrapped.map(|text| self.unwrapped(&text)).transpose()
    }

    /// Registers codes, in place of earlier ones; `step` is that of the code that proved them.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn register_codes(
        &self,
        account: &Actor,
        (secret, step): (&CodeSecret, i64),
        random: &dyn Randomness,
    ) -> Result<(), SignInError> {
        let wrapped = self.wrapped(secret, random)?;
        let values = [account.into(), Value::Text(wrapped), Value::Int(step)];
        self.done(ask(include_str!("sql/code_new.sql"), values))
            .await
    }

    /// Uses the code of a step up; whether it could be: not where that code or a later one was used.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn use_code(&self, account: &Actor, step: i64) -> Result<bool, SignInError> {
        let values = [account.into(), Value::Int(step), Value::Int(WRONG_MAX)];
        let used = self.first(ask(include_str!("sql/code_step.sql"), values));
        Ok(used.await?.is_some())
    }

    /// Notes that a wrong code came.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn wrong_code(&self, account: &Actor) -> Result<(), SignInError> {
        self.done(ask(include_str!("sql/code_wrong.sql"), [account.into()]))
            .await
    }

    /// Removes the codes of an account, unless they are the last and that stays. Of two removals at once the
    /// later one counts what the earlier one left.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn remove_codes(&self, account: &Actor, last: Last) -> Result<Removal, SignInError> {
        let values = [account.into(), last.value()];
        let removed = ask(include_str!("sql/code_remove.sql"), values);
        let left = ask(include_str!("sql/code_any.sql"), [account.into()]);
        self.remove(account, [removed, left]).await
    }

    /// The passkeys of an account, the oldest first.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn passkeys(&self, account: &Actor) -> Result<Vec<StoredPasskey>, SignInError> {
        let asked = ask(include_str!("sql/passkeys.sql"), [account.into()]);
        let answers = self.tables.transact(vec![asked]).await?;
        let passkeys = answers.into_iter().flatten().map(|line| {
            Ok(StoredPasskey {
                id: line.text(0)?,
                label: line.text(1)?,
                credential: line.text(2)?,
                added_at: line.time(3)?,
            })
        });
        passkeys.collect()
    }

    /// Adds a passkey; whether it is new.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn add_passkey(
        &self,
        account: &Actor,
        passkey: &StoredPasskey,
    ) -> Result<bool, SignInError> {
        let values = [
            Value::from(passkey.id.as_str()),
            account.into(),
            passkey.label.as_str().into(),
            passkey.credential.as_str().into(),
            passkey.added_at.into(),
        ];
        let added = self.first(ask(include_str!("sql/passkey_new.sql"), values));
        Ok(added.await?.is_some())
    }

    /// Keeps what a passkey's use changed of it: its counter.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn passkey_used(
        &self,
        account: &Actor,
        (id, credential): (&str, &str),
    ) -> Result<(), SignInError> {
        let values = [id.into(), account.into(), credential.into()];
        self.done(ask(include_str!("sql/passkey_used.sql"), values))
            .await
    }

    /// Removes a passkey of an account, as [`SignIns::remove_codes`] does codes.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn remove_passkey(
        &self,
        account: &Actor,
        id: &str,
        last: Last,
    ) -> Result<Removal, SignInError> {
        let of = [id.into(), account.into()];
        let values = of.clone().into_iter().chain([last.value()]);
        let removed = ask(include_str!("sql/passkey_remove.sql"), values);
        let left = ask(include_str!("sql/passkey_any.sql"), of);
        self.remove(account, [removed, left]).await
    }

    /// Removes in one transaction, and looks whether it is still there. It first takes hold of the account's
    /// password, which whoever is signed in has: in PostgreSQL two that only count would both see what the
    /// other removes, while of two that write one row the later waits, and counts after the earlier is done.
    async fn remove(
        &self,
        account: &Actor,
        [removed, left]: [Asked; 2],
    ) -> Result<Removal, SignInError> {
        let held = ask(include_str!("sql/password_hold.sql"), [account.into()]);
        let answers = self.tables.transact(vec![held, removed, left]).await?;
        let [_, removed, left] = answers.as_slice() else {
            return Err(SignInError::Column(0));
        };
        Ok(match (removed.is_empty(), left.is_empty()) {
            (false, _) => Removal::Done,
            (true, false) => Removal::IsLast,
            (true, true) => Removal::NotThere,
        })
    }

    /// Removes all that an account signs in with, and ends its sessions: until a link is used, nobody signs
    /// in with what somebody else may have by now.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn remove_all(&self, account: &Actor) -> Result<(), SignInError> {
        let batch = [
            include_str!("sql/codes_remove.sql"),
            include_str!("sql/passkeys_remove.sql"),
            include_str!("sql/password_remove.sql"),
            include_str!("sql/sessions_end.sql"),
        ];
        let batch = batch.map(|sql| ask(sql, [account.into()]));
        self.tables.transact(batch.into()).await.map(drop)
    }

    /// Ends the sessions of an account but for one, in which it changes what it signs in with.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn end_others(&self, account: &Actor, session: &Digest) -> Result<(), SignInError> {
        let values = [account.into(), session.into()];
        self.done(ask(include_str!("sql/sessions_end_others.sql"), values))
            .await
    }

    /// Knows a session by another secret from now on: whoever had the one from before is out.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn renew(&self, session: &Digest, secret: &Digest) -> Result<(), SignInError> {
        let values = || [session.into(), secret.into()];
        let batch = vec![
            ask(include_str!("sql/session_renew.sql"), values()),
            ask(include_str!("sql/place_renew.sql"), values()),
        ];
        self.tables.transact(batch).await.map(drop)
    }

    /// Keeps what is needed to judge the answer to a challenge of a session, in place of an earlier one.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn challenge(
        &self,
        (session, purpose): (&Digest, Purpose),
        state: &str,
        until: Timestamp,
    ) -> Result<(), SignInError> {
        let values = [
            session.into(),
            purpose.code().into(),
            state.into(),
            until.into(),
        ];
        self.done(ask(include_str!("sql/challenge_new.sql"), values))
            .await
    }

    /// Takes a challenge of a session, which is answered once; none where there is none or it is over.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn take_challenge(
        &self,
        (session, purpose): (&Digest, Purpose),
        now: Timestamp,
    ) -> Result<Option<String>, SignInError> {
        let values = [session.into(), purpose.code().into()];
        let taken = self.first(ask(include_str!("sql/challenge_take.sql"), values));
        let Some(line) = taken.await? else {
            return Ok(None);
        };
        let state = line.text(0)?;
        Ok((line.time(1)? > now).then_some(state))
    }

    /// Keeps the secret that an app is shown, until a code proves that it has it.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn show_codes(
        &self,
        session: &Digest,
        (secret, until): (&CodeSecret, Timestamp),
        random: &dyn Randomness,
    ) -> Result<(), SignInError> {
        let wrapped = self.wrapped(secret, random)?;
        self.challenge((session, Purpose::NewCodes), &wrapped, until)
            .await
    }

    /// The secret that an app was shown in a session; none where none was, or too long ago.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn shown_codes(
        &self,
        session: &Digest,
        now: Timestamp,
    ) -> Result<Option<CodeSecret>, SignInError> {
        let values = [session.into(), Purpose::NewCodes.code().into(), now.into()];
        let found = self.first(ask(include_str!("sql/challenge.sql"), values));
        let wrapped = found.await?.map(|line| line.text(0)).transpose()?;
        wrapped.map(|text| self.unwrapped(&text)).transpose()
    }

    /// Notes that whoever has the session showed all that the role asks for.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn prove(
        &self,
        session: &Digest,
        role: Role,
        now: Timestamp,
    ) -> Result<(), SignInError> {
        let values = [session.into(), role.code().into(), now.into()];
        self.done(ask(include_str!("sql/proof_new.sql"), values))
            .await
    }

    fn wrapped(&self, secret: &CodeSecret, random: &dyn Randomness) -> Result<String, SignInError> {
        let wrapped = self.kek.wrap(secret, WRAPPED_FOR, random);
        let wrapped = wrapped.map_err(|error| SignInError::Storage(Box::new(error)))?;
        Ok(hex::encode(wrapped))
    }

    fn unwrapped(&self, wrapped: &str) -> Result<CodeSecret, SignInError> {
        let bytes = hex::decode(wrapped).map_err(|_| SignInError::Column(0))?;
        let secret = self.kek.unwrap(&bytes, WRAPPED_FOR);
        secret.map(Zeroizing::new).ok_or(SignInError::OtherKey)
    }
}

/// What the secrets of codes are wrapped for, which no data key is.
const WRAPPED_FOR: &str = "one-time-codes";
