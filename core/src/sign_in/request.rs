//! What was first sent under each key of a program: its fingerprint alone, so that a key is not used for something else.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

use super::{SignInError, SignIns, ask};
use crate::actor::Actor;
use crate::time::Timestamp;

/// Keeps what is derived for fingerprints apart from everything else that rests on the key.
const PURPOSE: &str = "ledger/requests of programs/1";

impl SignIns {
    /// Whether this is what was first sent under an account's key, which it is where nothing was; that is durable
    /// before the answer, until then. Of two that come at once under one key one is the first, in whatever process.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn is_first_under(
        &self,
        (account, key): (&Actor, Uuid),
        sent: &str,
        until: Timestamp,
    ) -> Result<bool, SignInError> {
        let fingerprint = self.fingerprint(account, sent);
        let key = key.to_string();
        let own = [account.into(), key.as_str().into()];
        let new = own
            .clone()
            .into_iter()
            .chain([fingerprint.as_str().into(), until.into()]);
        let batch = vec![
            ask(include_str!("sql/request_new.sql"), new),
            ask(include_str!("sql/request.sql"), own),
        ];
        let answers = self.tables.transact(batch).await?;
        let first = answers.into_iter().flatten().next();
        let first = first.ok_or(SignInError::Column(0))?;
        Ok(first.text(0)? == fingerprint)
    }

    /// From which nobody finds what was sent without the key-encryption key.
    fn fingerprint(&self, account: &Actor, sent: &str) -> String {
        let key = self.kek.derived(&[PURPOSE, account.as_str()]);
        // HMAC takes keys of any length, so the 32 bytes always fit.
        let mac = Hmac::<Sha256>::new_from_slice(key.as_slice());
        let mac: [u8; 32] = mac
            .map(|mac| mac.chain_update(sent).finalize().into_bytes().into())
            .unwrap_or_default();
        hex::encode(mac)
    }
}
