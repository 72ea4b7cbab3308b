//! SHA-256 hashes, and how two of them make a node of the tree (RFC 6962, section 2.1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Hash([u8; 32]);

/// Bytes or text that are no SHA-256 hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 hash: 32 bytes, or 64 hex digits")]
pub struct HashError;

impl Hash {
    /// The SHA-256 hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of a leaf's bytes: SHA-256(0x00 || bytes).
    #[must_use]
    pub fn of_leaf(bytes: &[u8]) -> Self {
        Self(
            Sha256::new()
                .chain_update([0])
                .chain_update(bytes)
                .finalize()
                .into(),
        )
    }

    /// The hash of two subtrees: SHA-256(0x01 || left || right).
    #[must_use]
    pub fn of_node(left: Self, right: Self) -> Self {
        Self(
            Sha256::new()
                .chain_update([1])
                .chain_update(left.0)
                .chain_update(right.0)
                .finalize()
                .into(),
        )
    }

    /// Takes 32 stored bytes.
    ///
    /// # Errors
    /// [`HashError`] when there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, HashError> {
        bytes.try_into().map(Self).map_err(|_| HashError)
    }

    /// Takes what a hasher that was fed piece by piece gives at its end.
    #[must_use]
    pub(crate) const fn of_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Hash {
    /// Its hex digits in `digits`, without an allocation: each event's leaf holds up to three.
    fn hex<'a>(&self, digits: &'a mut [u8; 64]) -> &'a str {
        // Twice as long as the hash, and ASCII: neither can fail.
        hex::encode_to_slice(self.0, digits).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hex(&mut [0; 64]))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.hex(&mut [0; 64]))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = hex::decode(text).map_err(|_| HashError)?;
        Self::from_slice(&bytes)
    }
}

impl TryFrom<String> for Hash {
    type Error = HashError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}
