//! Signing in: passwords, second factors and sessions of browsers, tokens of programs, how often somebody may try.

pub mod codes;
pub mod device;
pub mod invite;
pub mod lasting;
pub mod passkeys;
pub mod password;
pub mod second;
pub mod token;
pub mod tries;

use ledger_core::sign_in::SignInError;

use crate::failure::{Failure, root_cause};

/// What is kept for signing in cannot be read or written.
#[must_use]
pub fn failure(error: &SignInError) -> Failure {
    let cause = root_cause(error);
    Failure::failed(
        "SIGN_INS_FAILED",
        format!("サインインの情報を読み書きできません（{cause}）。"),
        format!("what is kept for signing in cannot be read or written ({cause})"),
    )
    .hint(
        "鍵の保管先（--keys）に書けるか確かめてください。",
        "check that the key store (--keys) can be written",
    )
}
