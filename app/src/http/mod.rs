//! What the program answers over HTTP: the probes, and around the pages what holds of every path.

mod peer;
mod probes;
mod router;
mod server;
mod tls;

pub use peer::Peer;
pub(crate) use peer::address_of;
pub use probes::Probes;
pub(crate) use router::POLICY;
pub use router::router;
pub use server::Server;
pub use tls::CertificateFiles;
