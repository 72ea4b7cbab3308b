//! Passwords: which ones are taken, and their hashes (Argon2id, RFC 9106).

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash};
use ledger_core::actor::Actor;
use ledger_core::seal::Randomness;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::lang::Text;

/// Fewest characters: NIST SP 800-63B-4 asks for 15 where a password is all there is, and leaves out
/// rules on which characters.
pub const CHARACTERS_MIN: usize = 15;
/// Most characters.
pub const CHARACTERS_MAX: usize = 128;
/// Passwords that are hashed at once.
const AT_ONCE: usize = 2;
/// Bytes of a salt, as RFC 9106 (section 3.1) recommends.
const SALT: usize = 16;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// It has too few characters.
    Short,
    /// It has too many.
    Long,
    /// It holds the account's name.
    NamesAccount,
    /// It is one character, or a few, again and again.
    Repeats,
    /// It is made of what everybody tries first: common words, rows of keys or numbers, dates.
    Common,
}

impl Weak {
    /// What to do about it.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Short => Text::new(
                format!(
                    "パスワードは{CHARACTERS_MIN}文字以上にしてください。いくつかの言葉をつないだものが覚えやすく、強くなります。"
                ),
                format!(
                    "use at least {CHARACTERS_MIN} characters; several words in a row are easy to remember, and strong"
                ),
            ),
            Self::Long => Text::new(
                format!("パスワードは{CHARACTERS_MAX}文字以下にしてください。"),
                format!("use at most {CHARACTERS_MAX} characters"),
            ),
            Self::NamesAccount => Text::new(
                "パスワードにアカウント名を含めないでください。",
                "leave the account's name out of the password",
            ),
            Self::Repeats => Text::new(
                "同じ文字の繰り返しではないパスワードにしてください。",
                "do not repeat a few characters",
            ),
            Self::Common => Text::new(
                "よく使われる言葉や、キーや数字の並びだけのパスワードは、すぐに当てられます。関わりのないいくつかの言葉をつないでください。",
                "common words and rows of keys or numbers are guessed first; put several words in a row that have nothing to do with each other",
            ),
        }
    }
}

/// Fewest different characters.
const DIFFERENT_MIN: usize = 5;

/// Says whether a password is taken for an account.
///
/// # Errors
/// [`Weak`].
pub fn check(password: &str, account: &Actor) -> Result<(), Weak> {
    let characters: Vec<char> = prepared(password).chars().collect();
    if characters.len() < CHARACTERS_MIN {
        return Err(Weak::Short);
    }
    if characters.len() > CHARACTERS_MAX {
        return Err(Weak::Long);
    }
    if prepared(password)
        .to_lowercase()
        .contains(&account.as_str().to_lowercase())
    {
        return Err(Weak::NamesAccount);
    }
    let mut different = characters;
    different.sort_unstable();
    different.dedup();
    if different.len() < DIFFERENT_MIN {
        return Err(Weak::Repeats);
    }
    // NIST SP 800-63B-4 asks for a comparison with what is expected or common; zxcvbn knows lists, keyboards and dates.
    // Spaces between words make nothing harder to guess.
    let mut words = prepared(password);
    words.retain(|character| !character.is_whitespace());
    let guessed = zxcvbn::zxcvbn(&words, &[account.as_str()]);
    if guessed.score() < zxcvbn::Score::Three {
        return Err(Weak::Common);
    }
    Ok(())
}

/// Why a password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The system gives no randomness.
    #[error("the system gives no randomness for a password")]
    Random(#[from] std::io::Error),
    /// The hash could not be made, or what is stored is none.
    #[error("a password's hash cannot be made or read")]
    Hash(password_hash::Error),
    /// The program is ending.
    #[error("the program is shutting down")]
    Ending(#[from] tokio::task::JoinError),
}

/// The hash to store.
///
/// # Errors
/// [`PasswordError`].
pub async fn hash(password: &str, random: &dyn Randomness) -> Result<String, PasswordError> {
    let (password, mut salt) = (prepared(password), [0; SALT]);
    random.fill(&mut salt)?;
    let hashed = apart(move || salted(&password, &salt)).await?;
    hashed.map_err(PasswordError::Hash)
}

/// Whether a password is the one that is stored. Where none is stored it takes as long to say no, so
/// that nobody learns which accounts there are.
///
/// # Errors
/// [`PasswordError`].
pub async fn is_right(password: &str, stored: Option<String>) -> Result<bool, PasswordError> {
    let password = prepared(password);
    let compared = apart(move || match stored {
        Some(stored) => Argon2::default().verify_password(password.as_bytes(), stored.as_str()),
        None => salted(&password, &[0; SALT]).and(Err(password_hash::Error::PasswordInvalid)),
    });
    match compared.await? {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Hash(error)),
    }
}

fn salted(password: &str, salt: &[u8]) -> Result<String, password_hash::Error> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hash.to_string())
}

/// Hashing takes tens of milliseconds of one processor and 19 MiB: not on the threads that answer, and
/// few at a time; the others wait.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PasswordError> {
    static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
    // Never closed.
    let _place = PLACES.acquire().await;
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// Whether a password is longer than any that is taken.
#[must_use]
pub fn is_too_long(password: &str) -> bool {
    prepared(password).chars().count() > CHARACTERS_MAX
}

/// Composed (NFC), as RFC 8265 (section 4.2) prepares passwords: keyboards differ in that.
fn prepared(password: &str) -> String {
    password.nfc().collect()
}

#[cfg(test)]
mod tests {
    use ledger_core::seal::SystemRandom;

    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_accounts_name() {
        let account = Actor::new("sato.h").unwrap();
        let judged = |password: &str| check(password, &account);
        assert_eq!(judged("朝の 公園で 犬と 歩く人たち"), Ok(()));
        assert_eq!(judged("correct horse battery"), Ok(()));
        assert_eq!(judged("correct horse"), Err(Weak::Short));
        assert_eq!(judged("my name is SATO.H ok"), Err(Weak::NamesAccount));
        assert_eq!(judged(&"abcd".repeat(5)), Err(Weak::Repeats));
        assert_eq!(judged(&"0123456789".repeat(13)), Err(Weak::Long));
        for common in [
            "password password",
            "123456789012345",
            "qwertyuiopasdfgh",
            "passwordpassword",
        ] {
            assert_eq!(judged(common), Err(Weak::Common), "{common}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_again_however_it_was_typed() {
        let stored = hash("が行から始まる長い合言葉です", &SystemRandom)
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let same = "か\u{3099}行から始まる長い合言葉です";
        assert!(is_right(same, Some(stored.clone())).await.unwrap());
        assert!(
            !is_right("別の長い合言葉でもよいはず", Some(stored))
                .await
                .unwrap()
        );
        assert!(!is_right(same, None).await.unwrap());
        assert!(is_right(same, Some("no hash".to_owned())).await.is_err());
    }
}
