//! Proofs that nothing was altered: leaves, the Merkle tree over them, and its roots.

mod checkpoint;
mod frontier;
mod hash;
mod leaf;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use frontier::{Frontier, FrontierError};
pub use hash::{Hash, HashError};
pub use leaf::Leaf;
