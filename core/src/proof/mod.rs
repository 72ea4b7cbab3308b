//! Proofs that nothing was altered: leaves, the Merkle tree over them, and its roots.

mod checkpoint;
mod consistency;
mod frontier;
mod hash;
mod inclusion;
mod leaf;
mod path;
mod prefix;
#[cfg(test)]
mod tests;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use consistency::{consistency_path, verify_consistency};
pub use frontier::{Frontier, FrontierError};
pub use hash::{Hash, HashError};
pub use inclusion::{inclusion_path, verify_inclusion};
pub use leaf::Leaf;
pub use path::ProofError;
pub use prefix::PrefixCheck;
pub use tree::Tree;
