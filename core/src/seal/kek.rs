//! The key-encryption key: a file of its own that wraps every data key.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Randomness;
use crate::id::LedgerId;

/// First words of the file; the number is the format's version.
const TITLE: &str = "care-ledger key-encryption key 1";

/// Wraps and unwraps data keys; wiped from memory when it is dropped.
#[derive(Clone)]
pub struct KeyEncryptionKey {
    ledger: LedgerId,
    key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for KeyEncryptionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyEncryptionKey(of {})", self.ledger)
    }
}

/// Why there is no key-encryption key.
#[derive(Debug, thiserror::Error)]
pub enum KekError {
    /// There is no such file.
    #[error("there is no key-encryption key at {path}")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is one already, which is never overwritten.
    #[error("there is a file at {path} already; a key-encryption key is never overwritten")]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// Others than its owner may read it.
    #[error("the key-encryption key at {path} can be read by others than its owner")]
    TooOpen {
        /// Where.
        path: PathBuf,
    },
    /// The file is something else, or damaged.
    #[error("{path} is not a key-encryption key")]
    NotAKey {
        /// Where.
        path: PathBuf,
    },
    /// It belongs to another ledger.
    #[error("the key-encryption key at {path} is of ledger {found}, not of {wanted}")]
    OfAnotherLedger {
        /// Where.
        path: PathBuf,
        /// The ledger that it names.
        found: LedgerId,
        /// The ledger that is opened.
        wanted: LedgerId,
    },
    /// The file cannot be read or written.
    #[error("the key-encryption key at {path} cannot be read or written")]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

impl KeyEncryptionKey {
    /// Makes a new key and writes it to a new file, readable by its owner alone.
    ///
    /// An empty file, as a program leaves it that was killed here, is written; any other stays.
    ///
    /// # Errors
    /// [`KekError::Exists`] when there is a file already, [`KekError::TooOpen`] for an empty one that
    /// others can read, [`KekError::Io`] otherwise.
    pub fn create(
        path: &Path,
        ledger: LedgerId,
        random: &dyn Randomness,
    ) -> Result<Self, KekError> {
        let io = |source| KekError::Io {
            path: path.to_owned(),
            source,
        };
        let mut key = Zeroizing::new([0_u8; 32]);
        random.fill(key.as_mut_slice()).map_err(io)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io)?;
        }
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
            return Err(KekError::Exists {
                path: path.to_owned(),
            });
        }
        let mut file = private_file(path).map_err(io)?;
        // Of two programs at once, the second waits and then finds a key.
        file.lock().map_err(io)?;
        let meta = file.metadata().map_err(io)?;
        if meta.len() > 0 {
            return Err(KekError::Exists {
                path: path.to_owned(),
            });
        }
        if readable_by_others(&meta) {
            return Err(KekError::TooOpen {
                path: path.to_owned(),
            });
        }
        let text = Zeroizing::new(format!(
            "{TITLE}\n{ledger}\n{}\n",
            BASE64.encode(key.as_slice())
        ));
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(io)?;
        Ok(Self { ledger, key })
    }

    /// Reads the key of `ledger`.
    ///
    /// # Errors
    /// [`KekError`] when the file is missing, too open, something else, or of another ledger.
    pub fn load(path: &Path, ledger: LedgerId) -> Result<Self, KekError> {
        let io = |source: std::io::Error| {
            let path = path.to_owned();
            if source.kind() == std::io::ErrorKind::NotFound {
                KekError::Missing { path }
            } else {
                KekError::Io { path, source }
            }
        };
        let meta = fs::metadata(path).map_err(io)?;
        if readable_by_others(&meta) {
            return Err(KekError::TooOpen {
                path: path.to_owned(),
            });
        }
        let bytes = Zeroizing::new(fs::read(path).map_err(io)?);
        let not_a_key = || KekError::NotAKey {
            path: path.to_owned(),
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| not_a_key())?;
        let mut lines = text.lines();
        if lines.next() != Some(TITLE) {
            return Err(not_a_key());
        }
        let found: LedgerId = lines
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or_else(not_a_key)?;
        if found != ledger {
            return Err(KekError::OfAnotherLedger {
                path: path.to_owned(),
                found,
                wanted: ledger,
            });
        }
        let key = lines
            .next()
            .and_then(|line| BASE64.decode(line).ok())
            .map(Zeroizing::new);
        let key = key.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok());
        Ok(Self {
            ledger,
            key: Zeroizing::new(key.ok_or_else(not_a_key)?),
        })
    }

    /// The ledger whose keys it wraps.
    #[must_use]
    pub const fn ledger(&self) -> LedgerId {
        self.ledger
    }

    /// Wraps a data key for `purpose`, its scope and id: nonce, then ciphertext with tag.
    pub(crate) fn wrap(
        &self,
        key: &[u8; 32],
        purpose: &str,
        random: &dyn Randomness,
    ) -> std::io::Result<Vec<u8>> {
        let mut nonce = [0_u8; 12];
        random.fill(&mut nonce)?;
        let associated = self.associated(purpose);
        let payload = Payload {
            msg: key.as_slice(),
            aad: &associated,
        };
        let wrapped = self.cipher().encrypt(&nonce.into(), payload);
        let wrapped = wrapped.map_err(|_| std::io::Error::other("a key could not be wrapped"))?;
        Ok([nonce.as_slice(), &wrapped].concat())
    }

    /// Unwraps a data key; `None` when this is not the key that wrapped it for `purpose`.
    pub(crate) fn unwrap(&self, wrapped: &[u8], purpose: &str) -> Option<[u8; 32]> {
        let (nonce, ciphertext) = wrapped.split_first_chunk::<12>()?;
        let associated = self.associated(purpose);
        let payload = Payload {
            msg: ciphertext,
            aad: &associated,
        };
        let key = Zeroizing::new(self.cipher().decrypt(&(*nonce).into(), payload).ok()?);
        key.as_slice().try_into().ok()
    }

    /// Another key that follows from this one; each part is told apart from the next, and each list of parts
    /// has a key of its own.
    pub(crate) fn derived(&self, purpose: &[&str]) -> Zeroizing<[u8; 32]> {
        let mut info = Vec::new();
        for part in purpose {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            info.extend(length.to_be_bytes());
            info.extend(part.as_bytes());
        }
        let mut derived = Zeroizing::new([0_u8; 32]);
        let salt = self.ledger.uuid();
        // 32 bytes are one hash, far below HKDF's limit, so this cannot fail.
        let expanded = Hkdf::<Sha256>::new(Some(salt.as_bytes()), self.key.as_slice())
            .expand(&info, derived.as_mut_slice());
        debug_assert!(expanded.is_ok(), "32 bytes fit HKDF-SHA-256");
        derived
    }

    fn cipher(&self) -> Aes256Gcm {
        let key: &[u8; 32] = &self.key;
        Aes256Gcm::new(key.into())
    }

    fn associated(&self, purpose: &str) -> Vec<u8> {
        [self.ledger.uuid().as_bytes().as_slice(), purpose.as_bytes()].concat()
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

#[cfg(unix)]
fn readable_by_others(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn readable_by_others(_meta: &fs::Metadata) -> bool {
    false
}
