//! What every key store does alike: make, wrap and unwrap; only the rows are kept by an engine.

use std::sync::Arc;

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::{KeyError, KeyStore, MacKey, OpenKeysError};
use crate::id::{KeyId, LedgerId};
use crate::seal::{DataKey, KeyEncryptionKey, KeyScope, Randomness};

/// Scope of the value by which a wrong key-encryption key is told.
const CHECK: &str = "check";
/// Scope of the key for fingerprints of register rows.
const MAC: &str = "register-mac";

/// One stored key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its id.
    pub id: KeyId,
    /// Its scope as text.
    pub scope: String,
    /// The wrapped key; none when it was destroyed.
    pub wrapped: Option<Vec<u8>>,
}

/// An engine's table of keys of one ledger; every change is durable when its call returns.
#[async_trait]
pub trait KeyRows: Send + Sync + 'static {
    /// The ledger whose keys these are; none in a new store.
    async fn ledger(&self) -> Result<Option<LedgerId>, KeyError>;

    /// Binds a new store to its ledger.
    async fn bind(&self, ledger: LedgerId) -> Result<(), KeyError>;

    /// The row of a scope.
    async fn by_scope(&self, scope: &str) -> Result<Option<KeyRow>, KeyError>;

    /// The row with an id.
    async fn by_id(&self, id: KeyId) -> Result<Option<KeyRow>, KeyError>;

    /// Adds a row unless its scope has one.
    async fn add(&self, row: KeyRow) -> Result<(), KeyError>;

    /// Every row, those of destroyed keys included.
    async fn all(&self) -> Result<Vec<KeyRow>, KeyError>;
}

/// A key store over an engine's rows.
pub struct WrappedKeys<R> {
    rows: R,
    kek: KeyEncryptionKey,
    random: Arc<dyn Randomness>,
}

impl<R: KeyRows> WrappedKeys<R> {
    /// Binds new rows to the ledger of `kek`.
    ///
    /// # Errors
    /// [`OpenKeysError`] when the rows belong to a ledger already or cannot be written.
    pub async fn create(
        rows: R,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        if let Some(found) = rows.ledger().await? {
            return Err(OpenKeysError::OfAnotherLedger {
                found,
                wanted: kek.ledger(),
            });
        }
        rows.bind(kek.ledger()).await?;
        let keys = Self { rows, kek, random };
        keys.get_or_make(CHECK).await?;
        Ok(keys)
    }

    /// Opens rows that belong to the ledger of `kek` and were wrapped by it.
    ///
    /// # Errors
    /// [`OpenKeysError`] when they belong to another, or another key wrapped them.
    pub async fn open(
        rows: R,
        kek: KeyEncryptionKey,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, OpenKeysError> {
        let found = rows.ledger().await?.ok_or(OpenKeysError::NotAKeyStore)?;
        if found != kek.ledger() {
            return Err(OpenKeysError::OfAnotherLedger {
                found,
                wanted: kek.ledger(),
            });
        }
        let keys = Self { rows, kek, random };
        match keys.get_or_make(CHECK).await {
            Ok(_) => Ok(keys),
            Err(KeyError::Damaged(_)) => Err(OpenKeysError::WrongKeyEncryptionKey),
            Err(error) => Err(error.into()),
        }
    }

    async fn get_or_make(&self, scope: &str) -> Result<(KeyId, [u8; 32]), KeyError> {
        if let Some(row) = self.rows.by_scope(scope).await? {
            return self.unwrap(&row)?.ok_or(KeyError::Destroyed);
        }
        self.rows.add(self.make(scope)?).await?;
        // Read back: another process may have made it first, and then its key counts.
        let row = self
            .rows
            .by_scope(scope)
            .await?
            .ok_or(KeyError::Destroyed)?;
        self.unwrap(&row)?.ok_or(KeyError::Destroyed)
    }

    fn make(&self, scope: &str) -> Result<KeyRow, KeyError> {
        let mut id = [0_u8; 16];
        let mut key = Zeroizing::new([0_u8; 32]);
        self.random.fill(&mut id).map_err(KeyError::Random)?;
        self.random
            .fill(key.as_mut_slice())
            .map_err(KeyError::Random)?;
        let id = KeyId::new(uuid::Builder::from_random_bytes(id).into_uuid());
        let wrapped = self
            .kek
            .wrap(&key, &purpose(id, scope), self.random.as_ref());
        Ok(KeyRow {
            id,
            scope: scope.to_owned(),
            wrapped: Some(wrapped.map_err(KeyError::Random)?),
        })
    }

    fn unwrap(&self, row: &KeyRow) -> Result<Option<(KeyId, [u8; 32])>, KeyError> {
        let Some(wrapped) = &row.wrapped else {
            return Ok(None);
        };
        let key = self.kek.unwrap(wrapped, &purpose(row.id, &row.scope));
        key.map(|key| Some((row.id, key)))
            .ok_or(KeyError::Damaged(row.id))
    }
}

/// What a wrapped key is bound to.
fn purpose(id: KeyId, scope: &str) -> String {
    format!("{id}/{scope}")
}

#[async_trait]
impl<R: KeyRows> KeyStore for WrappedKeys<R> {
    async fn key_for(&self, scope: &KeyScope) -> Result<(KeyId, DataKey), KeyError> {
        let (id, key) = self.get_or_make(&scope.to_string()).await?;
        Ok((id, DataKey::new(key)))
    }

    async fn key(&self, id: KeyId) -> Result<Option<DataKey>, KeyError> {
        let Some(row) = self.rows.by_id(id).await? else {
            return Ok(None);
        };
        Ok(self.unwrap(&row)?.map(|(_, key)| DataKey::new(key)))
    }

    async fn mac_key(&self) -> Result<MacKey, KeyError> {
        let (_, key) = self.get_or_make(MAC).await?;
        Ok(MacKey(Zeroizing::new(key)))
    }
}
