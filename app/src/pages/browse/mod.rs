//! Looking through the log: what is asked for, and the events that fit it, page by page.

mod asked;
mod found;
#[cfg(test)]
mod tests;

pub(super) use asked::{Asked, Chip};
pub(super) use found::{Line, Search};
