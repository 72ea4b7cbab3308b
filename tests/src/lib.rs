//! The test kit: servers, databases, clocks, conformance promises and faults.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    clippy::future_not_send,
    missing_docs,
    reason = "a broken promise is a failed test"
)]

pub mod browsing;
pub mod clock;
pub mod conformance;
pub mod consuming;
pub mod database;
pub mod ledger;
pub mod program;
pub mod programs;
pub mod samples;
pub mod server;
pub mod serving;
pub mod torture;
pub mod volume;
