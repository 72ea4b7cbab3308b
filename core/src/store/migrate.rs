//! Migrations of the log's schema: numbered files, applied once, never edited.

use super::OpenError;
use crate::proof::Hash;

/// One migration file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    /// From 1, without gaps.
    pub(crate) version: u32,
    /// The file's name.
    pub(crate) name: &'static str,
    /// Its text.
    pub(crate) sql: &'static str,
}

impl Migration {
    /// Hash of the text, by which an edited file is told.
    pub(crate) fn sha256(&self) -> String {
        Hash::of(self.sql.as_bytes()).to_string()
    }
}

/// A migration as the database remembers it.
#[derive(Clone, Debug)]
pub(crate) struct Applied {
    pub(crate) version: u32,
    pub(crate) sha256: String,
}

/// The migrations that are still to be applied.
pub(crate) fn pending<'a>(
    known: &'a [Migration],
    applied: &[Applied],
) -> Result<&'a [Migration], OpenError> {
    let newest = known
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0);
    for done in applied {
        let Some(migration) = known
            .iter()
            .find(|migration| migration.version == done.version)
        else {
            return Err(OpenError::NewerSchema {
                found: done.version,
                known: newest,
            });
        };
        if migration.sha256() != done.sha256 {
            return Err(OpenError::EditedMigration {
                version: done.version,
            });
        }
    }
    Ok(known.get(applied.len()..).unwrap_or_default())
}
