//! What the program answers over HTTP; the pages come into the same router.

mod probes;
mod router;
mod server;

pub use probes::Probes;
pub use router::router;
pub use server::Server;
