//! How an event gets another content: the rules that commands and grown register rows share.

mod content;
mod patch;
mod thing;

pub use content::stays_as_written;
pub(crate) use content::{Change, corrected, is_fixed, still_stands};
pub(crate) use patch::Patch;
pub(crate) use thing::{is_orderly, rests_on, stands_on};
