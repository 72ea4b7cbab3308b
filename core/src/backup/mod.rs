//! A ledger's log in one file, the same from every engine: JSON Lines with the tree's checkpoint.
//!
//! The first line names ledger and head, then comes one line an event in the order of positions, and
//! the last line repeats count and head, so that a file that was cut is told. Every line has one way of
//! being written, and every byte is held to something: an event by its leaf and the tree, the first line
//! by the last one's SHA-256 over all lines before it.
//!
//! Keys are not in it. They have a file of their own ([`keys`]), so that an erasure reaches backups, too.

mod entry;
mod fault;
pub mod keys;
mod line;
mod lines;
mod read;
mod write;

pub use fault::{BackupError, FileFault, RestoreError};
pub use line::Header;
pub use read::Reader;
pub use write::{WriteError, Written, write};

pub(crate) use entry::Entry;

/// The format's version; a file of a newer one is refused.
pub const VERSION: u32 = 1;
