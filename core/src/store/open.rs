//! Why a store could not be made or opened.

use super::append::BoxError;

/// Why a store could not be made or opened; each is one clear sentence for whoever started the program.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no ledger at this place.
    #[error("there is no ledger here")]
    NotFound,
    /// The server has no database of this name.
    #[error("the server has no such database")]
    NoDatabase,
    /// There is something at this place already.
    #[error("there is a ledger or a file here already")]
    Exists,
    /// What is there is no ledger.
    #[error("what is here is not a ledger")]
    NotALedger,
    /// A newer program made or changed it.
    #[error("the ledger has schema version {found}, this program knows up to {known}")]
    NewerSchema {
        /// Version found.
        found: u32,
        /// Newest version known.
        known: u32,
    },
    /// A migration that was applied differs from the one that this program has.
    #[error("migration {version} was applied with another text than this program's")]
    EditedMigration {
        /// Its version.
        version: u32,
    },
    /// The file lies on a network file system, where SQLite's locks cannot be trusted.
    #[error(
        "the file lies on a network file system ({kind}), where an embedded ledger is not safe"
    )]
    NetworkFileSystem {
        /// The file system's name.
        kind: String,
    },
    /// The server does not answer.
    #[error("the database server does not answer")]
    Unreachable {
        /// What the driver says.
        #[source]
        source: BoxError,
    },
    /// The server refuses the login or a right is missing.
    #[error("the database server refuses this login")]
    Refused {
        /// What the driver says.
        #[source]
        source: BoxError,
    },
    /// The store's address cannot be understood.
    #[error("the store's address is wrong: {reason}")]
    BadAddress {
        /// What is wrong with it; never the address itself, which may hold a password.
        reason: String,
    },
    /// Anything else.
    #[error("the ledger cannot be opened")]
    Storage {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
}
