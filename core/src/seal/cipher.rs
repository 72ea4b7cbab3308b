//! One ciphertext: a key of its own for each, and a commitment that fixes that key.
//!
//! Layout, frozen: version byte 1, key id (16), salt (32), key commitment (32), ciphertext with tag.
//! HKDF-SHA-256 (RFC 5869) turns data key and salt into 32 bytes of AES key, 12 of nonce and 32 of
//! commitment; its info is `ledger/1` and the associated data. AES-256-GCM alone would let one
//! ciphertext open under two keys to two stories; the commitment, whose hash the tree holds, does not.

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::id::{EventId, EventType, KeyId, LedgerId, StreamName};

const VERSION: u8 = 1;
const SALT_BYTES: usize = 32;
const COMMITMENT_BYTES: usize = 32;
const HEADER_BYTES: usize = 1 + 16 + SALT_BYTES + COMMITMENT_BYTES;

/// A data-encryption key; wiped from memory when it is dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Takes 32 bytes of key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// The event whose private part a ciphertext is; bound into it.
#[derive(Clone, Copy, Debug)]
pub struct SealedFor<'a> {
    /// Its stream.
    pub stream: &'a StreamName,
    /// Its id.
    pub event: EventId,
    /// Its type.
    pub event_type: &'a EventType,
}

/// Why a ciphertext cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// It is too short to be one.
    #[error("the ciphertext is cut off")]
    Truncated,
    /// A newer program wrote it.
    #[error("the ciphertext has format version {0}, this program knows version 1")]
    UnknownVersion(u8),
    /// The key is not the one that sealed it, or the ciphertext belongs to another event.
    #[error("the ciphertext does not belong to this key and event")]
    WrongKey,
    /// Its bytes were altered.
    #[error("the ciphertext was altered")]
    Altered,
}

/// Seals `plaintext` under `key` for one event.
pub(super) fn seal(
    (key_id, key): (KeyId, &DataKey),
    ledger: LedgerId,
    place: SealedFor<'_>,
    salt: [u8; SALT_BYTES],
    plaintext: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let associated = associated_data(ledger, place, key_id);
    let derived = Derived::new(key, &salt, &associated);
    let payload = Payload {
        msg: plaintext,
        aad: &associated,
    };
    let ciphertext = derived
        .cipher()
        .encrypt(&derived.nonce.into(), payload)
        .map_err(|_| CipherError::Altered)?;
    let mut sealed = Vec::with_capacity(HEADER_BYTES.saturating_add(ciphertext.len()));
    sealed.push(VERSION);
    sealed.extend_from_slice(key_id.uuid().as_bytes());
    sealed.extend_from_slice(&salt);
    sealed.extend_from_slice(&derived.commitment);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

/// Opens a ciphertext with the key that its header names.
pub(super) fn open(
    key: &DataKey,
    ledger: LedgerId,
    place: SealedFor<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CipherError> {
    let parts = Parts::of(sealed)?;
    let associated = associated_data(ledger, place, parts.key_id);
    let derived = Derived::new(key, parts.salt, &associated);
    if !equal(&derived.commitment, parts.commitment) {
        return Err(CipherError::WrongKey);
    }
    let payload = Payload {
        msg: parts.ciphertext,
        aad: &associated,
    };
    let opened = derived.cipher().decrypt(&derived.nonce.into(), payload);
    opened.map(Zeroizing::new).map_err(|_| CipherError::Altered)
}

/// The id of the key under which a ciphertext is sealed.
///
/// # Errors
/// [`CipherError`] when the bytes are no ciphertext of a known version.
pub fn key_id_of(sealed: &[u8]) -> Result<KeyId, CipherError> {
    Parts::of(sealed).map(|parts| parts.key_id)
}

struct Parts<'a> {
    key_id: KeyId,
    salt: &'a [u8; SALT_BYTES],
    commitment: &'a [u8; COMMITMENT_BYTES],
    ciphertext: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(sealed: &'a [u8]) -> Result<Self, CipherError> {
        let (version, rest) = sealed.split_first().ok_or(CipherError::Truncated)?;
        if *version != VERSION {
            return Err(CipherError::UnknownVersion(*version));
        }
        let (key_id, rest) = rest
            .split_first_chunk::<16>()
            .ok_or(CipherError::Truncated)?;
        let (salt, rest) = rest.split_first_chunk().ok_or(CipherError::Truncated)?;
        let (commitment, ciphertext) = rest.split_first_chunk().ok_or(CipherError::Truncated)?;
        let key_id = KeyId::new(uuid::Uuid::from_bytes(*key_id));
        Ok(Self {
            key_id,
            salt,
            commitment,
            ciphertext,
        })
    }
}

/// What HKDF makes for one ciphertext.
struct Derived {
    key: Zeroizing<[u8; 32]>,
    nonce: [u8; 12],
    commitment: [u8; COMMITMENT_BYTES],
}

impl Derived {
    fn new(key: &DataKey, salt: &[u8; SALT_BYTES], associated: &[u8]) -> Self {
        let mut output = Zeroizing::new([0_u8; 76]);
        // 76 bytes are far below HKDF's limit of 255 hashes, so this cannot fail.
        let expanded = Hkdf::<Sha256>::new(Some(salt), key.bytes())
            .expand_multi_info(&[b"ledger/1", associated], output.as_mut_slice());
        debug_assert!(expanded.is_ok(), "76 bytes fit HKDF-SHA-256");
        let mut derived = Self {
            key: Zeroizing::new([0; 32]),
            nonce: [0; 12],
            commitment: [0; COMMITMENT_BYTES],
        };
        let (first, rest) = output.split_at(32);
        let (second, third) = rest.split_at(12);
        derived.key.copy_from_slice(first);
        derived.nonce.copy_from_slice(second);
        derived.commitment.copy_from_slice(third);
        output.zeroize();
        derived
    }

    fn cipher(&self) -> Aes256Gcm {
        let key: &[u8; 32] = &self.key;
        Aes256Gcm::new(key.into())
    }
}

/// Ledger, stream, event, type and key, each behind its length as u32 big-endian.
fn associated_data(ledger: LedgerId, place: SealedFor<'_>, key: KeyId) -> Vec<u8> {
    let (ledger, event, key) = (ledger.uuid(), place.event.uuid(), key.uuid());
    let parts: [&[u8]; 5] = [
        ledger.as_bytes(),
        place.stream.as_str().as_bytes(),
        event.as_bytes(),
        place.event_type.as_str().as_bytes(),
        key.as_bytes(),
    ];
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Compares without telling by time where the difference is.
fn equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .fold(0, |difference, (l, r)| difference | (l ^ r))
            == 0
}
