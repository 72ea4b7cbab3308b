//! Where randomness comes from; tests fix it.

use rand::TryRng as _;

/// Gives random bytes fit for keys.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()>;
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        rand::rngs::SysRng
            .try_fill_bytes(bytes)
            .map_err(std::io::Error::other)
    }
}
