//! Seals and opens the private part of events with the ledger's keys.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::cipher::{self, CipherError, SealedFor};
use super::{KeyError, KeyScope, KeyStore, Randomness};
use crate::id::LedgerId;

/// Seals and opens private parts.
#[derive(Clone)]
pub struct Sealer {
    ledger: LedgerId,
    keys: Arc<dyn KeyStore>,
    random: Arc<dyn Randomness>,
}

/// A private part, as far as it still exists.
#[derive(Clone, PartialEq, Eq)]
pub enum Opened {
    /// Its fields.
    Private(Map<String, Value>),
    /// Its key was destroyed.
    Erased,
}

/// Why a private part could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key store failed.
    #[error("the key store failed")]
    Keys(#[from] KeyError),
    /// There is no randomness for the salt.
    #[error("the system gives no randomness")]
    Random(#[source] std::io::Error),
    /// The ciphertext does not fit.
    #[error(transparent)]
    Cipher(#[from] CipherError),
    /// What was sealed is not the JSON object that the ledger seals.
    #[error("the private part is not a JSON object")]
    NotJson(#[from] serde_json::Error),
}

impl Sealer {
    /// A sealer for one ledger.
    #[must_use]
    pub fn new(ledger: LedgerId, keys: Arc<dyn KeyStore>, random: Arc<dyn Randomness>) -> Self {
        Self {
            ledger,
            keys,
            random,
        }
    }

    /// The key store behind it.
    #[must_use]
    pub fn keys(&self) -> &Arc<dyn KeyStore> {
        &self.keys
    }

    /// Seals the private fields of one event; the scope's key is durable before this returns.
    ///
    /// # Errors
    /// [`SealError`] when the key store or the system's randomness fail.
    pub async fn seal(
        &self,
        scope: &KeyScope,
        place: SealedFor<'_>,
        private: &Map<String, Value>,
    ) -> Result<Vec<u8>, SealError> {
        let (key_id, key) = self.keys.key_for(scope).await?;
        let mut salt = [0_u8; 32];
        self.random.fill(&mut salt).map_err(SealError::Random)?;
        let plaintext = zeroize::Zeroizing::new(crate::json::canonical(private)?);
        Ok(cipher::seal(
            (key_id, &key),
            self.ledger,
            place,
            salt,
            &plaintext,
        )?)
    }

    /// Opens the private fields of one event.
    ///
    /// # Errors
    /// [`SealError`] when the key store fails or the ciphertext was altered; a destroyed key is
    /// no error but [`Opened::Erased`].
    pub async fn open(&self, place: SealedFor<'_>, sealed: &[u8]) -> Result<Opened, SealError> {
        let Some(key) = self.keys.key(cipher::key_id_of(sealed)?).await? else {
            return Ok(Opened::Erased);
        };
        let plaintext = cipher::open(&key, self.ledger, place, sealed)?;
        Ok(Opened::Private(serde_json::from_slice(&plaintext)?))
    }
}
