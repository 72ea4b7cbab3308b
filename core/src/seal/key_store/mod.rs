//! The key store: data keys by scope, wrapped, apart from the log.

mod cached;
mod postgres;
mod rows;
mod sqlite;

pub use cached::CachedKeys;
pub use postgres::{PostgresKeys, PostgresRows};
pub use rows::{KeyRow, KeyRows, WrappedKeys};
pub(crate) use sqlite::connect as connect_keys;
pub use sqlite::{SqliteKeys, SqliteRows};

use std::path::PathBuf;

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{DataKey, KeyScope};
use crate::id::{KeyId, LedgerId};

/// Keeps data keys; a key is durable before the event that uses it.
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// The key of a scope; made, and durable, when there is none yet. Two processes that ask at
    /// once get the same key.
    ///
    /// # Errors
    /// [`KeyError`] when the store fails, or the scope's key was destroyed.
    async fn key_for(&self, scope: &KeyScope) -> Result<(KeyId, DataKey), KeyError>;

    /// The key with this id; `None` when it was destroyed.
    ///
    /// # Errors
    /// [`KeyError`] when the store fails.
    async fn key(&self, id: KeyId) -> Result<Option<DataKey>, KeyError>;

    /// The key under which register rows are fingerprinted; one a ledger.
    ///
    /// # Errors
    /// [`KeyError`] when the store fails.
    async fn mac_key(&self) -> Result<MacKey, KeyError>;
}

/// Fingerprints register rows (HMAC-SHA-256), so that equal rows are told without opening them.
#[derive(Clone)]
pub struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    /// The fingerprint of `bytes`.
    #[must_use]
    pub fn mac(&self, bytes: &[u8]) -> [u8; 32] {
        let key: &[u8; 32] = &self.0;
        // HMAC takes keys of any length, so the 32 bytes always fit.
        Hmac::<Sha256>::new_from_slice(key.as_slice())
            .map(|mac| mac.chain_update(bytes).finalize().into_bytes().into())
            .unwrap_or_default()
    }
}

impl std::fmt::Debug for MacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MacKey(..)")
    }
}

/// Why the key store gave no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The store failed.
    #[error("the key store cannot be read or written")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The system gives no randomness.
    #[error("the system gives no randomness for a key")]
    Random(#[source] std::io::Error),
    /// A stored key does not unwrap: the row was altered.
    #[error("key {0} was altered in the key store")]
    Damaged(KeyId),
    /// The scope's key was destroyed by an erasure; nothing more is sealed there.
    #[error("the key of this scope was destroyed by an erasure")]
    Destroyed,
}

/// Why a key store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenKeysError {
    /// There is no such file.
    #[error("there is no key store at {0}")]
    Missing(PathBuf),
    /// There is one already.
    #[error("there is a file at {0} already")]
    Exists(PathBuf),
    /// The database holds a key store already.
    #[error("there is a key store in this database already")]
    Used,
    /// It is not a key store, or of a newer program.
    #[error("this is not a key store that this program knows")]
    NotAKeyStore,
    /// It belongs to another ledger.
    #[error("the key store is of ledger {found}, not of {wanted}")]
    OfAnotherLedger {
        /// The ledger that it names.
        found: LedgerId,
        /// The ledger that is opened.
        wanted: LedgerId,
    },
    /// The key-encryption key is another than the one that wrapped the keys.
    #[error("the key-encryption key does not fit the key store")]
    WrongKeyEncryptionKey,
    /// Its keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeyError),
}
