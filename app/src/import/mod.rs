//! Reads a centre's registers into the ledger, row by row, and gives back what it cannot take.
//!
//! In reading order: a file is recognised and read as a sheet, a row's cells are parsed into a
//! typed row, the row's command is sent, and what cannot be taken goes to the rejects file.

pub mod cells;
pub mod changed;
pub mod encoding;
pub mod fault;
pub mod fingerprint;
pub mod given_back;
pub mod index;
pub mod leaning;
pub mod lease;
pub mod reason;
mod record;
mod recorded_cells;
pub mod refusal;
pub mod rejects;
pub mod rows;
pub mod run;
pub mod sheet;
pub mod source;
pub mod spreadsheet;
pub mod summary;
pub mod take;
