//! Sealing of personal text, and the keys that open it.
//!
//! Every private part of an event is one ciphertext under a key of its own, derived from the data
//! key of its scope (stream, class, fiscal year). Data keys live in a key store apart from the log,
//! wrapped by a key-encryption key that lives in a file apart from both. Destroying a data key
//! erases what it sealed; the log stays as it is.

mod cipher;
mod kek;
mod key_store;
mod random;
mod scope;
mod sealer;
#[cfg(test)]
mod tests;

pub use cipher::{CipherError, DataKey, SealedFor, key_id_of};
pub use kek::{KekError, KeyEncryptionKey};
pub(crate) use key_store::connect_keys;
pub use key_store::{
    CachedKeys, KeyError, KeyRow, KeyRows, KeyStore, MacKey, OpenKeysError, PostgresKeys,
    PostgresRows, SqliteKeys, SqliteRows, WrappedKeys,
};
pub use random::{Randomness, SystemRandom};
pub use scope::{KeyClass, KeyScope};
pub use sealer::{Opened, SealError, Sealer};
