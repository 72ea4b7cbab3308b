//! How an event gets another content: the rules that commands and grown register rows share.

mod content;
mod patch;

pub(crate) use content::{Change, corrected};
pub(crate) use patch::Patch;
