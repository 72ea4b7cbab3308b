//! A key store that remembers unwrapped keys in memory, a bounded number of them.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use lru::LruCache;

use super::{KeyError, KeyStore, MacKey};
use crate::id::KeyId;
use crate::seal::{DataKey, KeyScope};

/// Most keys remembered.
const KEYS_MAX: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// Remembers the keys of another key store.
///
/// A key that an erasure destroys elsewhere may be remembered here until the program ends, so the
/// erasing program ends all others first.
pub struct CachedKeys {
    inner: Arc<dyn KeyStore>,
    by_scope: Mutex<LruCache<KeyScope, (KeyId, DataKey)>>,
    by_id: Mutex<LruCache<KeyId, DataKey>>,
}

impl CachedKeys {
    /// Remembers the keys of `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn KeyStore>) -> Self {
        Self {
            inner,
            by_scope: Mutex::new(LruCache::new(KEYS_MAX)),
            by_id: Mutex::new(LruCache::new(KEYS_MAX)),
        }
    }

    fn remembered<K: std::hash::Hash + Eq, V: Clone>(
        cache: &Mutex<LruCache<K, V>>,
        key: &K,
    ) -> Option<V> {
        cache
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn remember<K: std::hash::Hash + Eq, V>(cache: &Mutex<LruCache<K, V>>, key: K, value: V) {
        cache
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .put(key, value);
    }
}

#[async_trait]
impl KeyStore for CachedKeys {
    async fn key_for(&self, scope: &KeyScope) -> Result<(KeyId, DataKey), KeyError> {
        if let Some(key) = Self::remembered(&self.by_scope, scope) {
            return Ok(key);
        }
        let key = self.inner.key_for(scope).await?;
        Self::remember(&self.by_scope, scope.clone(), key.clone());
        Ok(key)
    }

    async fn key(&self, id: KeyId) -> Result<Option<DataKey>, KeyError> {
        if let Some(key) = Self::remembered(&self.by_id, &id) {
            return Ok(Some(key));
        }
        let key = self.inner.key(id).await?;
        if let Some(key) = &key {
            Self::remember(&self.by_id, id, key.clone());
        }
        Ok(key)
    }

    async fn mac_key(&self) -> Result<MacKey, KeyError> {
        self.inner.mac_key().await
    }
}
