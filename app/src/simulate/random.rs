//! Randomness of a simulated trial, so that its ciphertexts and the tree over them repeat, too.

use std::sync::{Arc, Mutex, PoisonError};

use ledger_core::seal::Randomness;

use super::draws::Draws;

/// Bytes that follow from a seed, for data keys and nonces of a play and for nothing else.
///
/// Whoever knows the seed can play the trial again and read it, so that these keys hide nothing. The
/// key that wraps them, and every key made after the play, has to come from the system.
#[derive(Clone, Debug)]
pub struct PlayedRandom(Arc<Mutex<Draws>>);

impl PlayedRandom {
    /// The bytes of a seed; others than those by which the play itself goes.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut draws = Draws::new(!seed);
        let other = draws.next();
        Self(Arc::new(Mutex::new(Draws::new(other))))
    }
}

impl Randomness for PlayedRandom {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        let mut draws = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(draws.next().to_le_bytes()) {
                *byte = drawn;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(seed: u64) -> [u8; 20] {
        let mut bytes = [0; 20];
        PlayedRandom::of(seed).fill(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_seeds_bytes_repeat_and_fill_all_that_is_asked_for() {
        assert_eq!(bytes(1), bytes(1));
        assert_ne!(bytes(1), bytes(2));
        assert!(bytes(1)[16..].iter().any(|byte| *byte != 0));
    }
}
