//! Rules that several commands share, and rules that have a version of their own.

pub(crate) mod approval;
pub(crate) mod case;
pub(crate) mod consent;
pub(crate) mod content;
pub(crate) mod directory;
pub(crate) mod hash;
pub(crate) mod limit;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod person;
pub(crate) mod text;
pub(crate) mod time;
pub mod ventilator;
