//! A ledger's keys in a file of their own, wrapped as they are kept: useless without the key-encryption
//! key, which is in no backup.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use super::line::{Kind, from_base64, from_line, to_line};
use super::lines::{Hashing, Lines};
use super::{BackupError, FileFault, VERSION};
use crate::id::{KeyId, LedgerId};
use crate::proof::Hash;
use crate::seal::KeyRow;
use crate::time::Timestamp;

/// Says what a file is.
const FORMAT: &str = "care-ledger-keys-backup";

/// The keys of a ledger at one moment; they grow with its streams and years and are held in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysBackup {
    /// The ledger.
    pub ledger: LedgerId,
    /// When the file was made.
    pub made_at: Timestamp,
    /// The keys, in the order of their scopes.
    pub rows: Vec<KeyRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderLine<'a> {
    format: Cow<'a, str>,
    version: u32,
    ledger: LedgerId,
    made_at: Timestamp,
}

/// A key that was destroyed has no `wrapped`: its row says that nothing more is sealed there.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyLine {
    key: KeyId,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wrapped: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrailerLine {
    count: usize,
    sha256: Hash,
}

impl KeysBackup {
    /// Takes the rows of a key store.
    #[must_use]
    pub fn new(ledger: LedgerId, made_at: Timestamp, mut rows: Vec<KeyRow>) -> Self {
        rows.sort_unstable_by(|one, other| one.scope.cmp(&other.scope));
        Self {
            ledger,
            made_at,
            rows,
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let mut out = Hashing::new(out);
        out.write(&to_line(&HeaderLine {
            format: FORMAT.into(),
            version: VERSION,
            ledger: self.ledger,
            made_at: self.made_at,
        })?)?;
        for row in &self.rows {
            out.write(&to_line(&KeyLine {
                key: row.id,
                scope: row.scope.clone(),
                wrapped: row.wrapped.as_ref().map(|wrapped| BASE64.encode(wrapped)),
            })?)?;
        }
        let trailer = TrailerLine {
            count: self.rows.len(),
            sha256: out.sha256(),
        };
        out.write(&to_line(&trailer)?)?;
        out.flush()
    }

    /// Reads a file to its end.
    ///
    /// # Errors
    /// [`BackupError`] when a line of it is wrong.
    pub fn read(input: impl BufRead) -> Result<Self, BackupError> {
        let mut lines = Lines::new(input);
        let line = lines.next()?;
        let header = Kind::check(line, FORMAT).and_then(|()| from_line::<HeaderLine<'_>>(line));
        let (ledger, made_at) = match header {
            Ok(header) => (header.ledger, header.made_at),
            Err(fault) => return Err(lines.fault(fault)),
        };
        let mut rows = Vec::new();
        loop {
            let line = lines.next()?;
            if let Ok(trailer) = from_line::<TrailerLine>(line) {
                if trailer.count != rows.len() || trailer.sha256 != lines.before() {
                    return Err(lines.fault(FileFault::Digest));
                }
                lines.end()?;
                return Ok(Self::new(ledger, made_at, rows));
            }
            match key(line) {
                Ok(row) => rows.push(row),
                Err(fault) => return Err(lines.fault(fault)),
            }
        }
    }
}

fn key(line: &[u8]) -> Result<KeyRow, FileFault> {
    let read: KeyLine = from_line(line)?;
    let wrapped = read.wrapped.map(|text| from_base64(&text)).transpose()?;
    Ok(KeyRow {
        id: read.key,
        scope: read.scope,
        wrapped: wrapped.map(|bytes| bytes.to_vec()),
    })
}
