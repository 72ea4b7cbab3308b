//! The token with which a program signs in: made for an account that is open, shown once; made and taken back as events.

use chrono::TimeDelta;
use ledger_core::actor::{Actor, Role};
use ledger_core::event::{TokenMade, TokensRevoked};
use ledger_core::sign_in::{Secret, Token};
use ledger_core::time::Timestamp;
use zeroize::Zeroizing;

use super::invite::{Admitting, closed, no_random, not_opened};
use super::lasting;
use super::second::{Registered, is_required};
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::rights::account_named;

/// Tells a token from other secrets, to people and to whoever looks for secrets that got into a repository.
const PREFIX: &str = "clt_";
/// Most days that a token may be used.
pub const DAYS_MAX: u16 = 366;
/// Most days where whoever has the account shows a second factor at a browser, which a token passes by: whoever
/// needs it longer makes it anew each month, and nobody's full rights lie in a forgotten file for a year.
const DAYS_MAX_OF_SECOND: u16 = 31;

/// The text of a token, to give out once.
#[must_use]
pub fn text(secret: &Secret) -> Zeroizing<String> {
    Zeroizing::new(format!("{PREFIX}{}", &*secret.text()))
}

/// A token's secret; none where the text is no token.
#[must_use]
pub fn parse(text: &str) -> Option<Secret> {
    Secret::parse(text.strip_prefix(PREFIX)?)
}

impl Admitting<'_> {
    /// Makes a token for an account, for so many days; `by` must be somebody who may manage accounts. It is
    /// an event, written before there is a token.
    ///
    /// # Errors
    /// [`Failure`] when there is no such account or it is closed, when it signs in with a second factor and the
    /// days are too many for that, and when the ledger or the sign-ins fail.
    pub async fn make_token(
        &self,
        (by, as_role): (&Actor, Role),
        account: &Actor,
        days: u16,
    ) -> Result<(Secret, Timestamp), Failure> {
        let known = account_named(self.open.open.store.as_ref(), account).await?;
        let role = match (known.name, known.role) {
            (None, _) => return Err(not_opened(account)),
            (Some(_), None) => return Err(closed(account)),
            (Some(_), Some(role)) => role,
        };
        if days > DAYS_MAX_OF_SECOND && self.asks_for_second(account, role).await? {
            return Err(too_long(account));
        }
        let now = self.clock.now();
        let until = lasting::after(now, TimeDelta::days(i64::from(days)));
        let secret = Secret::new(self.random).map_err(|error| no_random(&error))?;
        let digest = secret.digest();
        let made = TokenMade {
            account: account.clone(),
            token: Token::name_of(&digest),
            until,
        };
        let envelope = self.envelope(by, as_role);
        let recorded = self.open.ledger.record_token(made, &envelope).await;
        recorded.map_err(|error| execute_failure(&error))?;
        let failed = |error| super::failure(&error);
        let forgotten = lasting::before(now, lasting::WHOLE);
        self.sign_ins.forget(forgotten).await.map_err(failed)?;
        let kept = self.sign_ins.make_token(&digest, account, (now, until));
        kept.await.map_err(failed)?;
        tracing::info!(%by, %account, "a token was made");
        Ok((secret, until))
    }

    /// Takes every token of an account back, which is an event where there are any; how many there were.
    ///
    /// # Errors
    /// [`Failure`] when `by` may not manage accounts, and when the ledger or the sign-ins fail.
    pub async fn revoke_tokens(
        &self,
        (by, as_role): (&Actor, Role),
        account: &Actor,
    ) -> Result<usize, Failure> {
        let failed = |error| super::failure(&error);
        let tokens = self.sign_ins.tokens(account).await.map_err(failed)?;
        if tokens.is_empty() {
            return Ok(0);
        }
        let revoked = TokensRevoked {
            account: account.clone(),
            tokens: tokens.into_iter().map(|token| token.name).collect(),
        };
        let envelope = self.envelope(by, as_role);
        let recorded = self.open.ledger.record_tokens_revoked(revoked, &envelope);
        recorded.await.map_err(|error| execute_failure(&error))?;
        let revoked = self.sign_ins.revoke_tokens(account).await.map_err(failed)?;
        tracing::info!(%by, %account, "tokens were taken back");
        Ok(revoked)
    }

    /// Whether whoever has the account shows a second factor at a browser: the role asks for it, or they
    /// registered one.
    async fn asks_for_second(&self, account: &Actor, role: Role) -> Result<bool, Failure> {
        if is_required(self.open.open.store.as_ref(), role).await? {
            return Ok(true);
        }
        let registered = Registered::of(self.sign_ins, account).await;
        let registered = registered.map_err(|error| super::failure(&error))?;
        Ok(!registered.is_nothing())
    }
}

fn too_long(account: &Actor) -> Failure {
    Failure::refused(
        "TOKEN_TOO_LONG",
        format!(
            "アカウント {account} のサインインには二つ目の確認があり、トークンにはそれがありません。トークンは{DAYS_MAX_OF_SECOND}日までです。"
        ),
        format!(
            "the account {account} signs in with a second factor, which a token passes by; its tokens last {DAYS_MAX_OF_SECOND} days at most"
        ),
    )
    .on("--for")
    .hint(
        "短い日数で出し、切れる前に新しいものと取り替えてください。",
        "make it for fewer days, and replace it before it ends",
    )
}
