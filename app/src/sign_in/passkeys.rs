//! Passkeys (Web Authentication, W3C): a key of a device, which its owner unlocks there and no other site gets.

use ledger_core::actor::Actor;
use ledger_core::sign_in::StoredPasskey;
use ledger_core::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;
use uuid::Uuid;
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnError,
};

/// Asks browsers for passkeys of the site at one address.
pub struct Passkeys {
    at: Url,
    asks: Webauthn,
}

/// Why a passkey was not taken, or cannot be asked for.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// What the browser sent is no answer to what it was asked.
    #[error("the browser's answer is not the one that was asked for")]
    Answer(#[source] WebauthnError),
    /// What the browser sent cannot be read.
    #[error("the browser's answer cannot be read")]
    Unreadable(#[source] serde_json::Error),
    /// What is kept cannot be read, or a challenge cannot be made.
    #[error("a passkey's challenge cannot be made")]
    Kept(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a browser is asked, and what is kept to judge its answer: both JSON.
pub struct Challenge {
    /// For the browser.
    pub asked: String,
    /// To be kept.
    pub state: String,
}

impl Passkeys {
    /// Those of the pages at an address.
    ///
    /// # Errors
    /// The address has no name: browsers give a number's pages no passkeys.
    pub fn at(address: &str) -> Result<Self, WebauthnError> {
        let at = Url::parse(address).map_err(|_| WebauthnError::Configuration)?;
        let name = at.domain().ok_or(WebauthnError::Configuration)?.to_owned();
        let asks = WebauthnBuilder::new(&name, &at)?
            .rp_name("care-ledger")
            .build()?;
        Ok(Self { at, asks })
    }

    /// The address at which browsers give them.
    #[must_use]
    pub fn address(&self) -> &str {
        self.at.as_str()
    }

    /// Whether a request's `Host` is that of the address.
    #[must_use]
    pub fn is_here(&self, host: &str) -> bool {
        let name = self.at.host_str().unwrap_or_default();
        match self.at.port() {
            Some(port) => host == format!("{name}:{port}"),
            None => host == name,
        }
    }

    /// Asks for a new passkey of an account, unlike those that it has.
    ///
    /// # Errors
    /// [`PasskeyError::Kept`].
    pub fn ask_new(
        &self,
        (id, account): (Uuid, &Actor),
        has: &[StoredPasskey],
    ) -> Result<Challenge, PasskeyError> {
        let has = has.iter().map(|one| kept::<Passkey>(&one.credential));
        let has = has.collect::<Result<Vec<_>, _>>()?;
        let has = has.iter().map(|one| one.cred_id().clone()).collect();
        let name = account.as_str();
        let begun = self
            .asks
            .start_passkey_registration(id, name, name, Some(has));
        challenge(begun)
    }

    /// The passkey with which a browser answers, under the name that its owner gives it.
    ///
    /// # Errors
    /// [`PasskeyError`].
    pub fn added(
        &self,
        (state, answer): (&str, &str),
        label: &str,
        now: Timestamp,
    ) -> Result<StoredPasskey, PasskeyError> {
        let state: PasskeyRegistration = kept(state)?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let finished = self.asks.finish_passkey_registration(&answer, &state);
        let passkey = finished.map_err(PasskeyError::Answer)?;
        Ok(StoredPasskey {
            id: hex::encode(passkey.cred_id()),
            label: label.to_owned(),
            credential: written(&passkey)?,
            added_at: now,
        })
    }

    /// Asks for one of an account's passkeys.
    ///
    /// # Errors
    /// [`PasskeyError::Kept`].
    pub fn ask(&self, has: &[StoredPasskey]) -> Result<Challenge, PasskeyError> {
        let has = has.iter().map(|one| kept::<Passkey>(&one.credential));
        let has = has.collect::<Result<Vec<_>, _>>()?;
        challenge(self.asks.start_passkey_authentication(&has))
    }

    /// Which passkey a browser shows, as its use has changed it.
    ///
    /// # Errors
    /// [`PasskeyError`].
    pub fn shown(
        &self,
        (state, answer): (&str, &str),
        has: &[StoredPasskey],
    ) -> Result<StoredPasskey, PasskeyError> {
        let state: PasskeyAuthentication = kept(state)?;
        let answer: PublicKeyCredential = read(answer)?;
        let finished = self.asks.finish_passkey_authentication(&answer, &state);
        let result = finished.map_err(PasskeyError::Answer)?;
        let id = hex::encode(result.cred_id());
        let stored = has.iter().find(|one| one.id == id);
        let stored = stored.ok_or(PasskeyError::Answer(WebauthnError::CredentialNotFound))?;
        let mut passkey: Passkey = kept(&stored.credential)?;
        passkey.update_credential(&result);
        Ok(StoredPasskey {
            credential: written(&passkey)?,
            ..stored.clone()
        })
    }
}

fn challenge(
    begun: Result<(impl Serialize, impl Serialize), WebauthnError>,
) -> Result<Challenge, PasskeyError> {
    let (asked, state) = begun.map_err(|error| PasskeyError::Kept(Box::new(error)))?;
    Ok(Challenge {
        asked: written(&asked)?,
        state: written(&state)?,
    })
}

fn kept<T: DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|error| PasskeyError::Kept(Box::new(error)))
}

fn written(value: &impl Serialize) -> Result<String, PasskeyError> {
    serde_json::to_string(value).map_err(|error| PasskeyError::Kept(Box::new(error)))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(PasskeyError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_of_a_name_and_of_no_number() {
        let at = |address| Passkeys::at(address);
        assert!(at("http://127.0.0.1:8080").is_err());
        assert!(at("nonsense").is_err());
        let own = at("https://daicho.example").unwrap();
        assert!(own.is_here("daicho.example"));
        assert!(!own.is_here("evil.example"));
        assert!(!own.is_here("daicho.example:8443"));
        let local = at("http://localhost:8080").unwrap();
        assert!(local.is_here("localhost:8080"));
        assert!(!local.is_here("127.0.0.1:8080"));
    }

    #[test]
    fn an_answer_that_is_none_is_told_apart_from_what_is_kept() {
        let passkeys = Passkeys::at("https://daicho.example").unwrap();
        let account = Actor::new("sato").unwrap();
        let asked = passkeys.ask_new((Uuid::nil(), &account), &[]).unwrap();
        assert!(asked.asked.contains("\"publicKey\""), "{}", asked.asked);
        assert!(asked.asked.contains("daicho.example"), "{}", asked.asked);
        let now = Timestamp::from_micros(0).unwrap();
        let added = |state: &str, answer| passkeys.added((state, answer), "", now);
        assert!(matches!(
            added(&asked.state, "{}"),
            Err(PasskeyError::Unreadable(_))
        ));
        assert!(matches!(added("{}", "{}"), Err(PasskeyError::Kept(_))));
    }
}
