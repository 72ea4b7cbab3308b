//! Secrets that only a browser or a program keeps, and the digests by which they are known here.

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::seal::Randomness;

/// Bytes of a secret: 256 bits, so that none can be guessed.
const BYTES: usize = 32;

/// A secret of a session, an invitation or a token. It is in no log and no database.
pub struct Secret(Zeroizing<[u8; BYTES]>);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    pub fn new(random: &dyn Randomness) -> std::io::Result<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        random.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// One that was given out before, 64 hexadecimal digits; none where the text is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        hex::decode_to_slice(text, bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// The text to give out, once.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_slice()))
    }

    /// What is stored of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.derived("secret")
    }

    /// Another value that only who has the secret can tell; `purpose` keeps two such apart.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Digest {
        let hash = Sha256::new()
            .chain_update(purpose)
            .chain_update([0])
            .chain_update(self.0.as_slice());
        Digest(hex::encode(hash.finalize()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// A SHA-256 of a secret, from which nobody finds the secret, as 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Digest(String);

impl Digest {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
