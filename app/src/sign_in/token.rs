//! The token with which a program signs in: made for an account that is open, shown once.

use ledger_core::actor::Actor;
use ledger_core::seal::Randomness;
use ledger_core::sign_in::{Secret, SignIns};
use ledger_core::time::Timestamp;
use zeroize::Zeroizing;

use super::invite::{closed, no_random, not_opened};
use super::lasting;
use crate::failure::Failure;
use crate::rights::account_named;
use crate::wiring::OpenLedger;

/// Tells a token from other secrets, to people and to whoever looks for secrets that got into a repository.
const PREFIX: &str = "clt_";
/// Most days that a token may be used.
pub const DAYS_MAX: u16 = 366;

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

/// Makes a token for an account until a moment; `by` must be somebody who may manage accounts.
///
/// # Errors
/// [`Failure`] when there is no such account or it is closed, and when the ledger or the sign-ins fail.
pub async fn make(
    (open, sign_ins): (&OpenLedger, &SignIns),
    (by, account): (&Actor, &Actor),
    random: &dyn Randomness,
    (now, until): (Timestamp, Timestamp),
) -> Result<Secret, Failure> {
    let known = account_named(open.store.as_ref(), account).await?;
    match (known.name, known.role) {
        (None, _) => return Err(not_opened(account)),
        (Some(_), None) => return Err(closed(account)),
        (Some(_), Some(_)) => {},
    }
    let secret = Secret::new(random).map_err(|error| no_random(&error))?;
    let failed = |error| super::failure(&error);
    let forgotten = sign_ins.forget(lasting::before(now, lasting::WHOLE)).await;
    forgotten.map_err(failed)?;
    let digest = secret.digest();
    let made = sign_ins.make_token(&digest, account, (now, until)).await;
    made.map_err(failed)?;
    tracing::info!(%by, %account, "a token was made");
    Ok(secret)
}
