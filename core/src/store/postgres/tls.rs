//! Whom to trust about who the server is.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::OpenError;
use crate::store::append::BoxError;

/// Whom to trust about who the server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nobody is asked: the connection is not encrypted.
    NotEncrypted,
    /// The authorities that this machine trusts.
    Machine,
    /// The authorities in a PEM file alone.
    File(PathBuf),
}

impl Trust {
    /// What encrypts a connection; it always checks the certificate and the host's name.
    ///
    /// # Errors
    /// [`OpenError::BadAddress`] when no authority can be read.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, OpenError> {
        let roots = match self {
            Self::NotEncrypted => RootCertStore::empty(),
            Self::Machine => store(rustls_native_certs::load_native_certs().certs)?,
            Self::File(path) => {
                let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
                store(read.map_err(|_| unread())?)?
            },
        };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|source| OpenError::Storage {
                source: BoxError::from(source),
            })?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }
}

fn store(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, OpenError> {
    let mut roots = RootCertStore::empty();
    // One that cannot be parsed vouches for nobody; the others still do.
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Err(unread());
    }
    Ok(roots)
}

fn unread() -> OpenError {
    OpenError::BadAddress {
        reason:
            "no certificate authority can be read for sslmode; name a PEM file with sslrootcert"
                .to_owned(),
    }
}
