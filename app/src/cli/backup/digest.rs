//! Counts and hashes a file while it is written, so that it can be told from others later.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

/// Passes on what is written, and counts and hashes it.
pub(super) struct Digesting<'a> {
    out: &'a mut (dyn Write + Send),
    digest: Sha256,
    bytes: u64,
}

/// What went through.
pub(super) struct Digested {
    /// How many bytes.
    pub(super) bytes: u64,
    /// Their SHA-256, hex.
    pub(super) sha256: String,
}

impl<'a> Digesting<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self {
            out,
            digest: Sha256::new(),
            bytes: 0,
        }
    }

    pub(super) fn end(self) -> Digested {
        Digested {
            bytes: self.bytes,
            sha256: hex::encode(self.digest.finalize()),
        }
    }
}

impl Write for Digesting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        let count = u64::try_from(written).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(count);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_goes_through_and_is_counted_and_hashed() {
        let mut out: Vec<u8> = Vec::new();
        let mut digesting = Digesting::new(&mut out);
        digesting.write_all(b"ab").unwrap();
        digesting.write_all(b"c").unwrap();
        let digested = digesting.end();
        assert_eq!(out, b"abc");
        assert_eq!(digested.bytes, 3);
        // FIPS 180-4, the example of one block.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digested.sha256, known);
    }
}
