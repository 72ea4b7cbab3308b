//! What can happen in the coordination ledger (events, ids, time, sealing, proofs) and where it is kept.
//!
//! Modules in reading order: names and values first, then events, then how they are sealed,
//! proven and stored.

pub mod actor;
pub mod backup;
pub mod code;
pub mod event;
pub mod history;
pub mod id;
pub mod json;
pub mod private;
pub mod proof;
pub mod sample;
pub mod schema;
pub mod seal;
pub mod sign_in;
pub mod sqlite;
pub mod store;
pub mod task;
pub mod text;
pub mod time;
