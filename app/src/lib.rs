//! The care-ledger program as a library, so that the suite can start it in-process.

pub mod api;
mod cli;
pub mod config;
pub mod failure;
pub mod fault;
pub mod http;
pub mod import;
pub mod keeper;
pub mod lang;
pub mod metrics;
pub mod my_number;
pub mod names;
pub mod pages;
pub mod programme;
pub mod reading;
pub mod rebuilding;
pub mod recording;
pub mod render;
pub mod rights;
pub mod sign_in;
pub mod simulate;
pub mod taking;
pub mod telemetry;
pub mod wiring;
pub mod world;

pub use cli::run;

/// A page is made of many small pieces that do not last: the system's allocator takes a fifth of its time (decision
/// record 30).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
