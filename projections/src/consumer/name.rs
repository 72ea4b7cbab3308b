//! Names of consumers, and of the leases on their partitions.

use std::fmt;

use super::partition::Partition;

/// Longest name, in bytes.
const NAME_BYTES_MAX: usize = 60;

/// The name of a consumer: 1 to 60 of `a` to `z`, `0` to `9`, `_`, `-` and `.`, so that it can stand in a
/// lease, a metric and a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsumerName(String);

/// A name that a consumer cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} cannot name a consumer: take 1 to 60 of a-z, 0-9, '_', '-' and '.'")]
pub struct ConsumerNameError(String);

impl ConsumerName {
    /// Checks a name.
    ///
    /// # Errors
    /// [`ConsumerNameError`] when it is empty, too long or holds another character.
    pub fn new(name: &str) -> Result<Self, ConsumerNameError> {
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte);
        let right = (1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(allowed);
        if right {
            Ok(Self(name.to_owned()))
        } else {
            Err(ConsumerNameError(name.to_owned()))
        }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lease on one of its partitions.
    #[must_use]
    pub fn lease(&self, partition: Partition) -> String {
        format!("{}{partition}", self.leases())
    }

    /// The lease that a process without a partition takes, so that the others see it: one at a time.
    #[must_use]
    pub fn waiting_lease(&self) -> String {
        format!("{}waiting", self.leases())
    }

    /// What the names of all its leases begin with.
    pub(super) fn leases(&self) -> String {
        format!("{LEASES}{self}/")
    }
}

/// What the names of the leases of all consumers begin with.
pub const LEASES: &str = "consumer/";

impl fmt::Display for ConsumerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken() {
        for name in ["a", "mail-out", "v2.export_1", &"a".repeat(60)] {
            assert_eq!(ConsumerName::new(name).unwrap().as_str(), name);
        }
        for name in ["", "Mail", "a/b", "a b", "児", &"a".repeat(61)] {
            let told = ConsumerName::new(name).unwrap_err().to_string();
            assert!(told.contains("1 to 60"), "{told}");
        }
    }
}
