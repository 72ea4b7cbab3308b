//! Encrypts the connections of the server with a certificate, which is read anew when its files change.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{Error, ServerConfig};
use tokio_rustls::TlsAcceptor;

use crate::failure::Failure;

/// How long a change of the files may go unseen.
const LOOK: Duration = Duration::from_mins(1);
/// The one protocol that is spoken (RFC 7301).
const HTTP: &[u8] = b"http/1.1";

/// Where a certificate and its key are, as PEM.
#[derive(Clone, Debug)]
pub struct CertificateFiles {
    /// The certificate, and behind it those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key, without a password.
    pub key: PathBuf,
}

/// When the files were changed last, as far as that is known.
type Changed = [Option<SystemTime>; 2];

/// The newest certificate that could be read.
#[derive(Debug)]
struct Newest {
    files: CertificateFiles,
    provider: Arc<CryptoProvider>,
    read: RwLock<Read>,
}

#[derive(Debug)]
struct Read {
    certificate: Arc<CertifiedKey>,
    changed: Changed,
    looked: Instant,
}

/// What encrypts connections with the certificate of some files; TLS 1.2 and 1.3.
///
/// # Errors
/// [`Failure`] that names the file which is no certificate or key, or that they do not belong together.
pub(super) fn encrypting(files: CertificateFiles) -> Result<TlsAcceptor, Failure> {
    let provider = Arc::new(ring::default_provider());
    let changed = files.changed();
    let read = Read {
        certificate: Arc::new(files.read(&provider)?),
        changed,
        looked: Instant::now(),
    };
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?;
    let newest = Newest {
        files,
        provider,
        read: RwLock::new(read),
    };
    let mut config = config
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(newest));
    config.alpn_protocols = vec![HTTP.to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl CertificateFiles {
    fn changed(&self) -> Changed {
        let changed = |path: &Path| std::fs::metadata(path).and_then(|it| it.modified()).ok();
        [changed(&self.certificate), changed(&self.key)]
    }

    fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, Failure> {
        let chain = CertificateDer::pem_file_iter(&self.certificate).and_then(Iterator::collect);
        let chain: Vec<CertificateDer<'static>> =
            chain.map_err(|error| unread(CERTIFICATE, &self.certificate, &error))?;
        let key = PrivateKeyDer::from_pem_file(&self.key);
        let key = key.map_err(|error| unread(KEY, &self.key, &error))?;
        if chain.is_empty() {
            let none = rustls::pki_types::pem::Error::NoItemsFound;
            return Err(unread(CERTIFICATE, &self.certificate, &none));
        }
        CertifiedKey::from_der(chain, key, provider).map_err(|error| unusable(&error))
    }
}

impl Newest {
    /// Reads the files where they changed; what cannot be read leaves the certificate that there was.
    fn look(&self) {
        let now = Instant::now();
        let changed = self.files.changed();
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.looked = now;
        if read.changed == changed {
            return;
        }
        match self.files.read(&self.provider) {
            Ok(certificate) => {
                read.certificate = Arc::new(certificate);
                read.changed = changed;
                tracing::info!("the certificate was read anew");
            },
            Err(failure) => {
                tracing::warn!(
                    code = failure.code,
                    "the changed certificate cannot be used"
                );
            },
        }
    }
}

impl ResolvesServerCert for Newest {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let read = || self.read.read().unwrap_or_else(PoisonError::into_inner);
        if read().looked.elapsed() >= LOOK {
            self.look();
        }
        Some(Arc::clone(&read().certificate))
    }
}

const CERTIFICATE: &str = "--tls-certificate";
const KEY: &str = "--tls-key";

fn unread(option: &'static str, path: &Path, error: &dyn std::error::Error) -> Failure {
    let path = path.display();
    Failure::failed(
        "TLS_UNREAD",
        format!("{path} を証明書または鍵として読めません（{error}）。"),
        format!("{path} cannot be read as a certificate or key ({error})"),
    )
    .on(option)
    .hint(
        "PEM形式（-----BEGIN …）のファイルを指定し、このプログラムの利用者が読めるようにしてください。",
        "name a PEM file (-----BEGIN …) which this program's user may read",
    )
}

fn unusable(error: &Error) -> Failure {
    Failure::failed(
        "TLS_UNUSABLE",
        format!("証明書と鍵を使えません（{error}）。"),
        format!("certificate and key cannot be used ({error})"),
    )
    .on(CERTIFICATE)
    .hint(
        "同じ組の証明書と鍵を指定してください。",
        "name a certificate and the key that belongs to it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> CertificateFiles {
        CertificateFiles {
            certificate: folder.join("certificate.pem"),
            key: folder.join("key.pem"),
        }
    }

    fn written(files: &CertificateFiles, host: &str) -> Vec<u8> {
        let made = rcgen::generate_simple_self_signed(vec![host.to_owned()]).unwrap();
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        made.cert.der().to_vec()
    }

    #[test]
    fn a_changed_certificate_is_taken_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let first = written(&files, "daicho.example");
        let provider = Arc::new(ring::default_provider());
        let newest = Newest {
            read: RwLock::new(Read {
                certificate: Arc::new(files.read(&provider).unwrap()),
                changed: [None, None],
                looked: Instant::now(),
            }),
            provider,
            files: files.clone(),
        };
        let now = || newest.read.read().unwrap().certificate.cert[0].to_vec();
        assert_eq!(now(), first);

        let second = written(&files, "daicho.example");
        newest.look();
        assert_eq!(now(), second);

        std::fs::write(&files.key, "half a key").unwrap();
        newest.read.write().unwrap().changed = [None, None];
        newest.look();
        assert_eq!(now(), second);
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        written(&files, "daicho.example");
        let other = rcgen::generate_simple_self_signed(vec!["else.example".to_owned()]).unwrap();
        std::fs::write(&files.key, other.signing_key.serialize_pem()).unwrap();
        let refused = encrypting(files.clone()).map(|_| ()).unwrap_err();
        assert_eq!(refused.code, "TLS_UNUSABLE");

        std::fs::write(&files.certificate, "").unwrap();
        let refused = encrypting(files).map(|_| ()).unwrap_err();
        assert_eq!(refused.code, "TLS_UNREAD");
    }
}
