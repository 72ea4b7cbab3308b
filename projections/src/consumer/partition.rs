//! Which partition of a consumer a stream belongs to. The rule is stored in every checkpoint's meaning and
//! never changes: SHA-256 of the stream's name, its first eight bytes as a big-endian number, modulo the
//! number of partitions.

use std::fmt;

use ledger_core::id::StreamName;
use sha2::{Digest as _, Sha256};

/// How many partitions a consumer has, 1 to 64: fixed when it is first made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partitions(u8);

/// A number of partitions that no consumer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a consumer has 1 to 64 partitions, not {0}")]
pub struct PartitionsError(u8);

/// One partition of a consumer; the first is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(u8);

impl Partitions {
    /// Most partitions: each costs the process that holds it a read of the log and a lease.
    pub const MAX: u8 = 64;

    /// Checks a number.
    ///
    /// # Errors
    /// [`PartitionsError`] when it is 0 or above [`Self::MAX`].
    pub const fn new(count: u8) -> Result<Self, PartitionsError> {
        if count == 0 || count > Self::MAX {
            return Err(PartitionsError(count));
        }
        Ok(Self(count))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Every partition, in order.
    pub fn all(self) -> impl Iterator<Item = Partition> {
        (0..self.0).map(Partition)
    }

    /// The partition of a stream.
    #[must_use]
    pub fn of(self, stream: &StreamName) -> Partition {
        let digest: [u8; 32] = Sha256::digest(stream.as_str().as_bytes()).into();
        let first = digest.first_chunk::<8>().copied().unwrap_or_default();
        let number = u64::from_be_bytes(first).checked_rem(u64::from(self.0));
        // It is smaller than the number of partitions, which is never 0.
        Partition(u8::try_from(number.unwrap_or_default()).unwrap_or_default())
    }
}

impl Partition {
    /// A partition by its number, as tables hold it.
    pub(super) fn from_i64(number: i64) -> Option<Self> {
        let number = u8::try_from(number).ok()?;
        (number < Partitions::MAX).then_some(Self(number))
    }

    /// Its number, from 0.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Partitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// These numbers are in use: a change would give streams to other checkpoints, which skip or repeat
    /// their events. They were computed by another program (Python's hashlib).
    #[test]
    fn the_partition_of_a_name_never_changes() {
        for (name, expected) in [
            (
                "child-0190a000-0000-7000-8000-000000000001",
                [0, 0, 0, 6, 38],
            ),
            ("programme", [0, 1, 2, 1, 1]),
            ("facility-7", [0, 1, 0, 7, 39]),
            ("inquiry-12", [0, 0, 0, 4, 44]),
            ("児-一", [0, 1, 0, 1, 49]),
            ("a", [0, 0, 1, 2, 10]),
            ("$ce-child", [0, 0, 1, 0, 32]),
        ] {
            let stream = StreamName::new(name).unwrap();
            let found =
                [1, 2, 3, 8, 64].map(|count| Partitions::new(count).unwrap().of(&stream).get());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_number_of_partitions_has_bounds() {
        assert!(Partitions::new(0).is_err() && Partitions::new(65).is_err());
        let all: Vec<u8> = Partitions::new(64)
            .unwrap()
            .all()
            .map(Partition::get)
            .collect();
        assert_eq!(all, (0..64).collect::<Vec<u8>>());
    }
}
