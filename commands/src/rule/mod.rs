//! Rules that several commands share, and rules that have a version of their own.

pub(crate) mod directory;
pub(crate) mod limit;
pub(crate) mod number;
pub(crate) mod person;
pub(crate) mod text;
pub(crate) mod time;
pub mod ventilator;
