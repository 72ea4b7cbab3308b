//! What a browser needs to keep a form that was not sent: a key that never stands on the workstation, and names that tell nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::SignIns;
use crate::actor::Actor;

/// Keeps what is derived for browsers apart from everything else that rests on the key.
const PURPOSE: &str = "ledger/forms kept in a browser/1";
/// Bytes of a name: two of them are never the same by chance.
const NAME_BYTES: usize = 16;

/// With what an account's browser keeps forms. It follows from the key-encryption key and the account alone, so
/// that whoever signs in again has the same; from it nobody finds the key-encryption key.
pub struct FormKey {
    /// Seals what was typed.
    key: Zeroizing<[u8; 32]>,
    /// Makes names.
    names: Zeroizing<[u8; 32]>,
}

impl FormKey {
    /// The key, as 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.key.as_slice()))
    }

    /// A name for something, from which nobody else finds what it is.
    #[must_use]
    pub fn name(&self, of: &str) -> String {
        // HMAC takes keys of any length, so the 32 bytes always fit.
        let mac = Hmac::<Sha256>::new_from_slice(self.names.as_slice());
        let whole: [u8; 32] = mac
            .map(|mac| mac.chain_update(of).finalize().into_bytes().into())
            .unwrap_or_default();
        hex::encode(whole.split_at(NAME_BYTES).0)
    }
}

impl SignIns {
    /// With what the browser of an account keeps forms that were not sent.
    #[must_use]
    pub fn form_key(&self, account: &Actor) -> FormKey {
        let derived = |part: &str| self.kek.derived(&[PURPOSE, part, account.as_str()]);
        FormKey {
            key: derived("key"),
            names: derived("names"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::id::LedgerId;
    use crate::seal::{KeyEncryptionKey, SqliteKeys, SystemRandom};

    async fn sign_ins(folder: &std::path::Path) -> SignIns {
        let ledger = LedgerId::new(uuid::Uuid::from_u128(7));
        let (path, keys) = (folder.join("a.kek"), folder.join("a.keys"));
        if !path.exists() {
            let kek = KeyEncryptionKey::create(&path, ledger, &SystemRandom).unwrap();
            let made = SqliteKeys::create_file(&keys, kek, Arc::new(SystemRandom));
            made.await.unwrap();
        }
        let kek = KeyEncryptionKey::load(&path, ledger).unwrap();
        SignIns::sqlite(&keys, kek).await.unwrap()
    }

    #[tokio::test]
    async fn an_account_has_the_same_key_again_and_nobody_else_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let account = |name| Actor::new(name).unwrap();
        let first = sign_ins(folder.path()).await.form_key(&account("sato"));

        let anew = sign_ins(folder.path()).await;

        let (again, other) = (
            anew.form_key(&account("sato")),
            anew.form_key(&account("kato")),
        );
        assert_eq!(*first.text(), *again.text());
        assert_eq!(first.name("/record"), again.name("/record"));
        assert_ne!(*first.text(), *other.text());
        assert_ne!(first.name("/record"), other.name("/record"));
        assert_ne!(first.name("/record"), first.name("/acts/make-referral"));
        assert!(!first.text().starts_with(&first.name("")));
        let elsewhere = tempfile::tempdir().unwrap();
        let elsewhere = sign_ins(elsewhere.path()).await.form_key(&account("sato"));
        assert_ne!(*first.text(), *elsewhere.text());
    }
}
