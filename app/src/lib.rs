//! The care-ledger program as a library, so that the suite can start it in-process.

pub mod lang;
pub mod render;
