//! Looking through the log: what is asked for, and the events that fit it, page by page.

mod asked;
mod found;
mod placed;
mod said;
#[cfg(test)]
mod tests;

pub(super) use asked::Asked;
pub(super) use found::{Line, Search};
pub(super) use said::Chip;
