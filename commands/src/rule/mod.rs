//! Rules that several commands share, and rules that have a version of their own.

pub(crate) mod closed_year;
pub(crate) mod code_table;
pub(crate) mod limit;
pub(crate) mod number;
pub(crate) mod person;
pub mod subsidy;
pub mod term;
pub(crate) mod text;
pub(crate) mod time;
pub mod ventilator;
