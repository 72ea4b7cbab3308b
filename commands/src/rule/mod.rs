//! Rules that several commands share, and rules that have a version of their own.

pub(crate) mod approval;
pub(crate) mod case;
pub(crate) mod closed_year;
pub(crate) mod code_table;
pub(crate) mod consent;
pub(crate) mod content;
pub(crate) mod directory;
pub(crate) mod district_area;
pub(crate) mod frozen_figure;
pub(crate) mod hash;
pub(crate) mod in_charge;
pub(crate) mod limit;
pub(crate) mod list;
pub(crate) mod number;
mod numbers;
pub(crate) mod person;
pub mod second_factor;
pub mod subsidy;
pub mod term;
pub(crate) mod text;
pub mod time;
pub mod ventilator;
