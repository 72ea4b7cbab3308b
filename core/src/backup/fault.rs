//! What can be wrong with a backup's file, and why a ledger was not restored from it.

use std::io;

use crate::id::Position;
use crate::store::OpenError;

/// What is wrong with one line of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// The first line is not that of such a file.
    #[error("this is no backup of the wanted kind")]
    NotABackup,
    /// A newer program wrote it.
    #[error("a newer program wrote it, in format {found}")]
    NewerFormat {
        /// Its format's version.
        found: u32,
    },
    /// The file ends before its last line.
    #[error("the file ends too early")]
    Truncated,
    /// The line is longer than any that is written.
    #[error("the line is too long")]
    TooLong,
    /// The line is not written as this program writes it.
    #[error("the line is not what is written there")]
    Malformed,
    /// Another event comes first: one is missing, moved or there twice.
    #[error("the event at position {expected} should stand here")]
    Position {
        /// The position that should come.
        expected: Position,
    },
    /// The event does not follow the one before it in its stream.
    #[error("the event does not follow in its stream")]
    Revision,
    /// The event's bytes are not those whose hash stands beside them.
    #[error("the event was altered")]
    Leaf,
    /// The event was written earlier than the one before it.
    #[error("the event is older than the one before it")]
    TimeBackwards,
    /// The line names another head than its events make.
    #[error("the events make another head than this line says")]
    Head,
    /// The line itself was changed, or the last line's hash over it.
    #[error("the hash in the last line does not fit")]
    Digest,
    /// The file goes on after its last line.
    #[error("something follows the last line")]
    Trailing,
}

/// Why a backup cannot be taken for what it says it is.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A line is wrong.
    #[error("line {line}: {fault}")]
    Damaged {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        fault: FileFault,
    },
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Input(#[source] io::Error),
}

/// Why no ledger was made from a backup; nothing of it is left then.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup is damaged or cannot be read.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// There is something at the place already, or it cannot be written.
    #[error(transparent)]
    Open(#[from] OpenError),
}
