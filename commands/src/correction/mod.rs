//! How an event gets another content: the rules that commands and grown register rows share.

mod content;
mod patch;
mod thing;

pub(crate) use content::{Change, corrected, is_fixed, still_stands};
pub use content::{can_be_corrected, stands_in_two_streams, stays_as_written};
pub(crate) use patch::Patch;
pub(crate) use thing::{is_orderly, rests_on, stands_on};
