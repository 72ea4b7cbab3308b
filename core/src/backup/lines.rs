//! Lines out of a file one by one, and into one, with the hash over all of them.

use std::io::{self, BufRead, Read as _, Write};

use sha2::{Digest as _, Sha256};

use super::{BackupError, FileFault};
use crate::proof::Hash;

/// Longest line that is read: an event of three times 16 MiB, each byte of its text escaped, is shorter.
const LINE_BYTES_MAX: u64 = 256 << 20;

/// Lines of a file.
pub(super) struct Lines<R> {
    input: R,
    number: u64,
    line: Vec<u8>,
    digest: Sha256,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            number: 0,
            line: Vec::new(),
            digest: Sha256::new(),
        }
    }

    /// Reads the next line, its end included.
    pub(super) fn next(&mut self) -> Result<&[u8], BackupError> {
        self.digest.update(&self.line);
        self.line.clear();
        self.number = self.number.saturating_add(1);
        let mut input = (&mut self.input).take(LINE_BYTES_MAX);
        input
            .read_until(b'\n', &mut self.line)
            .map_err(BackupError::Input)?;
        if self.line.ends_with(b"\n") {
            return Ok(&self.line);
        }
        let full = u64::try_from(self.line.len()).is_ok_and(|length| length == LINE_BYTES_MAX);
        Err(self.fault(if full {
            FileFault::TooLong
        } else {
            FileFault::Truncated
        }))
    }

    /// Hash of all lines before the present one.
    pub(super) fn before(&self) -> Hash {
        digest(self.digest.clone())
    }

    /// Refuses a file that goes on.
    pub(super) fn end(&mut self) -> Result<(), BackupError> {
        let rest = self.input.fill_buf().map_err(BackupError::Input)?;
        if rest.is_empty() {
            return Ok(());
        }
        let line = self.number.saturating_add(1);
        let fault = FileFault::Trailing;
        Err(BackupError::Damaged { line, fault })
    }

    /// A fault of the present line.
    pub(super) const fn fault(&self, fault: FileFault) -> BackupError {
        let line = self.number;
        BackupError::Damaged { line, fault }
    }
}

/// Counts and hashes what is written.
pub(super) struct Hashing<'a> {
    out: &'a mut (dyn Write + Send),
    digest: Sha256,
    pub(super) bytes: u64,
}

impl<'a> Hashing<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self {
            out,
            digest: Sha256::new(),
            bytes: 0,
        }
    }

    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.digest.update(line);
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(length);
        self.out.write_all(line)
    }

    /// Hash of everything written so far.
    pub(super) fn sha256(&self) -> Hash {
        digest(self.digest.clone())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn digest(of: Sha256) -> Hash {
    Hash::of_digest(of.finalize().into())
}
