//! What sealing promises, and the frozen layout of a ciphertext.

use proptest::prelude::*;

use super::cipher::{self, CipherError, DataKey, SealedFor};
use super::{KekError, KeyEncryptionKey, SystemRandom};
use crate::id::{EventId, EventType, KeyId, LedgerId, StreamName};

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

struct Place {
    ledger: LedgerId,
    stream: StreamName,
    event: EventId,
    event_type: EventType,
    key_id: KeyId,
}

impl Place {
    fn new() -> Self {
        Self {
            ledger: LedgerId::new(id(1)),
            stream: StreamName::new("child-1").unwrap(),
            event: EventId::new(id(2)),
            event_type: EventType::new("consultation-recorded").unwrap(),
            key_id: KeyId::new(id(3)),
        }
    }

    fn sealed_for(&self) -> SealedFor<'_> {
        SealedFor {
            stream: &self.stream,
            event: self.event,
            event_type: &self.event_type,
        }
    }

    fn seal(&self, key: &DataKey, plaintext: &[u8]) -> Vec<u8> {
        cipher::seal(
            (self.key_id, key),
            self.ledger,
            self.sealed_for(),
            [9; 32],
            plaintext,
        )
        .unwrap()
    }

    fn open(&self, key: &DataKey, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        cipher::open(key, self.ledger, self.sealed_for(), sealed).map(|opened| opened.to_vec())
    }
}

/// Frozen: an independent implementation of HKDF and AES-GCM gave the same bytes.
#[test]
fn a_ciphertext_is_laid_out_as_it_always_was() {
    let sealed = Place::new().seal(&DataKey::new([7; 32]), br#"{"content":"x"}"#);

    assert_eq!(
        hex::encode(&sealed),
        include_str!("golden_sealed.txt").trim()
    );
    assert_eq!(
        Place::new().open(&DataKey::new([7; 32]), &sealed).unwrap(),
        br#"{"content":"x"}"#
    );
}

#[test]
fn a_ciphertext_opens_only_in_its_own_place() {
    let key = DataKey::new([7; 32]);
    let sealed = Place::new().seal(&key, b"text");
    let elsewhere = [
        Place {
            ledger: LedgerId::new(id(99)),
            ..Place::new()
        },
        Place {
            stream: StreamName::new("child-2").unwrap(),
            ..Place::new()
        },
        Place {
            event: EventId::new(id(99)),
            ..Place::new()
        },
        Place {
            event_type: EventType::new("x").unwrap(),
            ..Place::new()
        },
    ];

    for place in elsewhere {
        assert_eq!(place.open(&key, &sealed), Err(CipherError::WrongKey));
    }
    assert_eq!(
        Place::new().open(&DataKey::new([8; 32]), &sealed),
        Err(CipherError::WrongKey)
    );
}

#[test]
fn every_flipped_bit_and_every_cut_is_told() {
    let key = DataKey::new([7; 32]);
    let sealed = Place::new().seal(&key, b"text");

    for index in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[index] ^= 1;
        assert!(Place::new().open(&key, &flipped).is_err(), "byte {index}");
        assert!(
            Place::new().open(&key, &sealed[..index]).is_err(),
            "cut at {index}"
        );
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(key in any::<[u8; 32]>(), plaintext in any::<Vec<u8>>()) {
        let key = DataKey::new(key);
        let sealed = Place::new().seal(&key, &plaintext);
        prop_assert_eq!(Place::new().open(&key, &sealed).unwrap(), plaintext);
        prop_assert_eq!(cipher::key_id_of(&sealed).unwrap(), KeyId::new(id(3)));
    }
}

#[test]
fn keys_print_nothing() {
    assert_eq!(format!("{:?}", DataKey::new([7; 32])), "DataKey(..)");
}

#[test]
fn a_key_encryption_key_is_never_overwritten_and_of_one_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b.kek");
    let (one, other) = (LedgerId::new(id(1)), LedgerId::new(id(2)));

    let made = KeyEncryptionKey::create(&path, one, &SystemRandom).unwrap();
    let again = KeyEncryptionKey::create(&path, one, &SystemRandom);
    let loaded = KeyEncryptionKey::load(&path, one).unwrap();
    let wrapped = made.wrap(&[5; 32], "purpose", &SystemRandom).unwrap();

    assert!(matches!(again, Err(KekError::Exists { .. })));
    assert_eq!(loaded.unwrap(&wrapped, "purpose"), Some([5; 32]));
    assert_eq!(loaded.unwrap(&wrapped, "another"), None);
    assert!(matches!(
        KeyEncryptionKey::load(&path, other),
        Err(KekError::OfAnotherLedger { .. })
    ));
    let missing = KeyEncryptionKey::load(&folder.path().join("x"), one);
    assert!(matches!(missing, Err(KekError::Missing { .. })));
    std::fs::write(&path, "something else").unwrap();
    assert!(matches!(
        KeyEncryptionKey::load(&path, one),
        Err(KekError::NotAKey { .. })
    ));
}

#[cfg(unix)]
#[test]
fn a_key_encryption_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.kek");
    KeyEncryptionKey::create(&path, LedgerId::new(id(1)), &SystemRandom).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();

    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let refused = KeyEncryptionKey::load(&path, LedgerId::new(id(1)));

    assert_eq!(mode & 0o777, 0o600);
    assert!(matches!(refused, Err(KekError::TooOpen { .. })));
}
